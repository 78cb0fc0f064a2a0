/** A podSpec that a user without rights on Deployments and Secrets tried, for the container with this name. */
export const attack = (name: string) => ({
  hostPID: true,
  hostNetwork: true,
  serviceAccountName: 'cluster-admin',
  priorityClassName: 'system-node-critical',
  securityContext: { seccompProfile: { type: 'Unconfined' } },
  containers: [
    {
      name,
      envFrom: [{ secretRef: { name: 'payments' } }],
      env: [{ name: 'X', valueFrom: { secretKeyRef: { name: 'payments', key: 'k' } } }],
      securityContext: {
        allowPrivilegeEscalation: true,
        privileged: true,
        capabilities: { add: ['SYS_ADMIN'] },
        seccompProfile: { type: 'Unconfined' },
      },
      volumeMounts: [
        { name: 'root', mountPath: '/host' },
        { name: 'stolen', mountPath: '/stolen' },
      ],
    },
  ],
  volumes: [
    { name: 'root', hostPath: { path: '/' } },
    { name: 'stolen', projected: { sources: [{ secret: { name: 'payments' } }] } },
  ],
});

/** What a pod has of it if nothing is left out. */
export const STOLEN = /payments|cluster-admin|system-node-critical|hostPath|"automount\w+":true/;
