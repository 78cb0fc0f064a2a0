import { inAgent } from './pod-specs.ts';

/** An override with a part that does not fit another part of the pod, and the field of that part. */
export interface ConflictingOverride {
  readonly name: string;
  readonly override: object;
  readonly field: string;
  readonly why: string;
}

const inInit = (fields: object) => ({ initContainers: [{ name: 'prepare', image: 'x', ...fields }] });
const AGENT = 'podSpec.containers[agent]';
const INIT = 'podSpec.initContainers[prepare]';
const claim = {
  volumes: [
    { name: 'block', persistentVolumeClaim: { claimName: 'a' } },
    { name: 'empty', emptyDir: {} },
  ],
};
const device = (name: string, devicePath = '/dev/x') => ({ volumeDevices: [{ name, devicePath }] });

const conflict = (name: string, override: object, field: string, why: string): ConflictingOverride => ({
  name,
  override,
  field,
  why,
});

export const conflictingOverrides: readonly ConflictingOverride[] = [
  conflict(
    'no DNS without servers',
    { dnsPolicy: 'None' },
    'podSpec.dnsPolicy',
    'is None, which needs dnsConfig.nameservers',
  ),
  conflict(
    'a host name beside the network of the host',
    { hostNetwork: true, hostnameOverride: 'lead' },
    'podSpec.hostnameOverride',
    'is not allowed beside hostNetwork',
  ),
  conflict(
    'shared processes beside those of the host',
    { hostPID: true, shareProcessNamespace: true },
    'podSpec.shareProcessNamespace',
    'is not allowed beside hostPID',
  ),
  conflict(
    'own users beside the processes of the host',
    { hostPID: true, hostUsers: false },
    'podSpec.hostUsers',
    'is false, which is not allowed beside hostPID',
  ),
  conflict(
    'a sysctl of the host',
    { hostNetwork: true, securityContext: { sysctls: [{ name: 'net.core.somaxconn', value: '1' }] } },
    'podSpec.securityContext.sysctls[net.core.somaxconn]',
    'is not allowed beside hostNetwork',
  ),
  conflict(
    'an unmasked /proc of the host',
    inAgent({ securityContext: { procMount: 'Unmasked' } }),
    `${AGENT}.securityContext.procMount`,
    'is Unmasked, which needs hostUsers: false',
  ),
  conflict(
    'a sleep that is longer than the grace period',
    inAgent({ lifecycle: { preStop: { sleep: { seconds: 60 } } } }),
    `${AGENT}.lifecycle.preStop`,
    'sleeps for 60 seconds; expected at most terminationGracePeriodSeconds, which is 30',
  ),
  conflict(
    'a signal without an operating system',
    inAgent({ lifecycle: { stopSignal: 'SIGINT' } }),
    `${AGENT}.lifecycle.stopSignal`,
    'needs os.name in the podSpec',
  ),
  conflict(
    'windows for a pod of linux',
    { os: { name: 'windows' } },
    'podSpec.os',
    'is windows, but the pod has runAsUser, which only a pod for linux may have',
  ),
  conflict(
    'options of windows for linux',
    { os: { name: 'linux' }, securityContext: { windowsOptions: { runAsUserName: 'user' } } },
    'podSpec.securityContext.windowsOptions',
    'is not allowed in a pod whose os.name is linux',
  ),
  conflict(
    'a process of the host without its network',
    { securityContext: { windowsOptions: { hostProcess: true } } },
    'podSpec.securityContext.windowsOptions.hostProcess',
    'must be the same for all containers, and needs hostNetwork: true',
  ),
  conflict(
    'a probe of an init container',
    inInit({ readinessProbe: { tcpSocket: { port: 1 } } }),
    `${INIT}.readinessProbe`,
    'is only allowed in an init container with restartPolicy: Always',
  ),
  conflict(
    'a restart of an init container for its resources',
    inInit({ resizePolicy: [{ resourceName: 'cpu', restartPolicy: 'RestartContainer' }] }),
    `${INIT}.resizePolicy[0]`,
    'is RestartContainer, which is only allowed in an init container with restartPolicy: Always',
  ),
  conflict(
    'restart rules without a policy',
    inAgent({ restartPolicyRules: [{ action: 'Restart', exitCodes: { operator: 'In', values: [3] } }] }),
    `${AGENT}.restartPolicyRules`,
    'needs a restartPolicy beside it',
  ),
  conflict(
    'another port in the network of the host',
    { hostNetwork: true, ...inAgent({ ports: [{ containerPort: 9000, name: 'own', hostPort: 9001 }] }) },
    `${AGENT}.ports[own].hostPort`,
    'must be the containerPort, because of hostNetwork: true',
  ),
  conflict(
    'the same port of the host twice',
    inAgent({
      ports: [
        { containerPort: 9000, name: 'own', hostPort: 9001 },
        { containerPort: 9002, name: 'other', hostPort: 9001 },
      ],
    }),
    `${AGENT}.ports[other].hostPort`,
    'is the hostPort of another port',
  ),
  conflict(
    'mounts that are passed on to the host',
    { ...claim, ...inAgent({ volumeMounts: [{ name: 'empty', mountPath: '/e', mountPropagation: 'Bidirectional' }] }) },
    `${AGENT}.volumeMounts[empty].mountPropagation`,
    'is Bidirectional, which needs a privileged container',
  ),
  conflict(
    'a device of an empty folder',
    { ...claim, ...inAgent(device('empty')) },
    `${AGENT}.volumeDevices[empty]`,
    'needs a volume with a persistentVolumeClaim or an ephemeral claim',
  ),
  conflict(
    'a device that is also mounted',
    { ...claim, ...inAgent({ ...device('block'), volumeMounts: [{ name: 'block', mountPath: '/b' }] }) },
    `${AGENT}.volumeDevices[block]`,
    'is already used by another device or mount of the container',
  ),
  conflict(
    'a variable from a file of another volume',
    {
      ...claim,
      ...inAgent({ env: [{ name: 'A', valueFrom: { fileKeyRef: { volumeName: 'block', path: 'a', key: 'k' } } }] }),
    },
    `${AGENT}.env[A]`,
    'needs a volume of the type emptyDir',
  ),
  conflict(
    'less for the pod than its containers request',
    { resources: { requests: { cpu: '100m' } }, ...inAgent({ resources: { requests: { cpu: '200m' } } }) },
    'podSpec.resources',
    'requests.cpu is below what the containers request together',
  ),
  conflict(
    'less for the pod than a container may use',
    { resources: { limits: { cpu: '100m' } }, ...inAgent({ resources: { limits: { cpu: '200m' } } }) },
    'podSpec.resources',
    'limits.cpu is below a limit of the containers',
  ),
];
