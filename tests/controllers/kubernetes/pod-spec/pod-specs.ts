/** A PodSpec like that of an Agent, with fields of all kinds. */
export const generated = {
  automountServiceAccountToken: false,
  containers: [
    {
      name: 'agent',
      image: 'agent:1',
      imagePullPolicy: 'IfNotPresent',
      command: ['serve'],
      args: ['--all'],
      env: [
        { name: 'AGENT_NAME', value: 'lead' },
        { name: 'MODEL_API_URL', value: 'http://llm:8000' },
        { name: 'MODEL_NAME', value: 'openai/gpt' },
        { name: 'TOKEN', valueFrom: { secretKeyRef: { name: 'tokens', key: 'lead' } } },
        { name: 'LOG_LEVEL', value: 'INFO' },
      ],
      envFrom: [{ configMapRef: { name: 'common' } }],
      lifecycle: { preStop: { exec: { command: ['sleep', '5'] } } },
      livenessProbe: { httpGet: { path: '/health', port: 8000, scheme: 'HTTP' }, initialDelaySeconds: 30 },
      readinessProbe: { tcpSocket: { port: 8000 }, periodSeconds: 5 },
      ports: [{ name: 'http', containerPort: 8000, protocol: 'TCP' }],
      resources: { requests: { cpu: '100m', memory: '64Mi' }, limits: { memory: '128Mi' } },
      securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
      volumeDevices: [{ name: 'block', devicePath: '/dev/xvda' }],
      volumeMounts: [
        { name: 'config', mountPath: '/etc/agent' },
        { name: 'data', mountPath: '/data' },
      ],
    },
  ],
  dnsConfig: { nameservers: ['10.0.0.1'], searches: ['a.example'] },
  hostAliases: [{ ip: '10.0.0.1', hostnames: ['one'] }],
  imagePullSecrets: [{ name: 'registry' }],
  initContainers: [{ name: 'pull-model', image: 'ollama:1', args: ['pull'] }],
  nodeSelector: { disk: 'ssd', zone: 'a' },
  readinessGates: [{ conditionType: 'www.example.com/ready' }],
  resourceClaims: [{ name: 'gpu', resourceClaimName: 'one-gpu' }],
  schedulingGates: [{ name: 'example.com/quota' }],
  securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' }, supplementalGroups: [1] },
  serviceAccountName: 'agents',
  tolerations: [{ key: 'gpu', operator: 'Exists' }],
  topologySpreadConstraints: [{ maxSkew: 1, topologyKey: 'zone', whenUnsatisfiable: 'DoNotSchedule' }],
  volumes: [
    { name: 'config', configMap: { name: 'agent', defaultMode: 420 } },
    { name: 'data', emptyDir: { medium: 'Memory', sizeLimit: '1Gi' } },
  ],
};

/** A PodSpec without fields that overrides merge with. */
export const bare = { containers: [{ name: 'agent', image: 'agent:1' }] };

export const inAgent = (fields: object) => ({ containers: [{ name: 'agent', ...fields }] });
export const variables = (...env: object[]) => inAgent({ env });
