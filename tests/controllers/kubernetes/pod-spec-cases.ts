/** A PodSpec as it is generated for an Agent, with something of everything. */
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

const { containers: _containers, ...withoutContainers } = generated;
const [container] = generated.containers;

/** A PodSpec without any of the fields that are merged. */
const bare = { containers: [{ name: 'agent', image: 'agent:1' }] };

const inAgent = (fields: object) => ({ containers: [{ name: 'agent', ...fields }] });
const variables = (...env: object[]) => inAgent({ env });

export interface MergeCase {
  readonly name: string;
  /** Where it is not the one above. */
  readonly generated?: object;
  readonly override: object;
}

/** Overrides that are merged as kubectl does. */
export const sameCases: readonly MergeCase[] = [
  // Fields and lists that are replaced as a whole.
  { name: 'nothing', override: {} },
  { name: 'a field that was not there', override: { priorityClassName: 'high' } },
  { name: 'a field that was', override: { serviceAccountName: 'other', automountServiceAccountToken: true } },
  { name: 'a field that is removed', override: { serviceAccountName: null } },
  {
    name: 'a removed field that was not there',
    override: { priorityClassName: null, affinity: { podAffinity: null } },
  },
  { name: 'tolerations', override: { tolerations: [{ key: 'spot', operator: 'Exists' }] } },
  { name: 'no tolerations', override: { tolerations: [] } },
  { name: 'readinessGates', override: { readinessGates: [{ conditionType: 'other' }] } },
  { name: 'command and args', override: inAgent({ command: ['a', 'b'], args: [] }) },
  { name: 'envFrom', override: inAgent({ envFrom: [{ secretRef: { name: 'keys' } }] }) },
  { name: 'the capabilities to drop', override: inAgent({ securityContext: { capabilities: { drop: ['NET_RAW'] } } }) },
  { name: 'nameservers', override: { dnsConfig: { nameservers: ['10.0.0.2'] } } },
  { name: 'supplementalGroups', override: { securityContext: { supplementalGroups: [2, 3] } } },
  {
    name: 'affinity',
    override: {
      affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [] } } },
    },
  },
  // Maps.
  { name: 'nodeSelector', override: { nodeSelector: { zone: 'b', arch: 'arm64' } } },
  { name: 'a removed key of nodeSelector', override: { nodeSelector: { zone: null } } },
  { name: 'resources', override: inAgent({ resources: { limits: { cpu: 1 }, requests: { memory: '1Gi' } } }) },
  { name: 'the securityContext of the pod', override: { securityContext: { runAsUser: 1000, runAsNonRoot: null } } },
  {
    name: 'the securityContext of a container',
    override: inAgent({ securityContext: { readOnlyRootFilesystem: true } }),
  },
  // Containers.
  { name: 'no containers', override: { containers: [] } },
  { name: 'an image', override: inAgent({ image: 'agent:2' }) },
  { name: 'a container of its own', override: { containers: [{ name: 'sidecar', image: 'sidecar:1' }] } },
  {
    name: 'a container of its own before the generated one',
    override: { containers: [{ name: 'sidecar', image: 'sidecar:1' }, { name: 'agent' }] },
  },
  {
    name: 'a container of its own after the generated one',
    override: { containers: [{ name: 'agent' }, { name: 'sidecar', image: 'sidecar:1' }] },
  },
  { name: 'an init container of its own', override: { initContainers: [{ name: 'wait', image: 'wait:1' }] } },
  {
    name: 'the generated init container',
    override: { initContainers: [{ name: 'pull-model', args: ['x'], env: [] }] },
  },
  {
    name: 'init containers where none were',
    generated: bare,
    override: { initContainers: [{ name: 'a', image: 'b' }] },
  },
  {
    name: 'containers where none were',
    generated: withoutContainers,
    override: { containers: [{ name: 'a', image: 'b' }] },
  },
  {
    name: 'ephemeralContainers',
    generated: { ...bare, ephemeralContainers: [{ name: 'debug', image: 'debug:1', tty: true }] },
    override: { ephemeralContainers: [{ name: 'debug', image: 'debug:2' }] },
  },
  // Environment.
  { name: 'a variable', override: variables({ name: 'MODEL_NAME', value: 'other' }) },
  { name: 'a variable of its own', override: variables({ name: 'EXTRA', value: '1' }) },
  {
    name: 'variables around the generated ones',
    override: variables({ name: 'ZNEW', value: 'z' }, { name: 'MODEL_NAME', value: 'm' }, { name: 'ANEW', value: 'a' }),
  },
  {
    name: 'variables in another order',
    override: variables({ name: 'LOG_LEVEL', value: 'DEBUG' }, { name: 'AGENT_NAME', value: 'x' }),
  },
  {
    name: 'variables in another order around one that stays',
    override: variables(
      { name: 'MODEL_NAME', value: 'x' },
      { name: 'NEW', value: '' },
      { name: 'MODEL_API_URL', value: 'y' },
    ),
  },
  {
    name: 'a key of the Secret of a variable',
    override: variables({ name: 'TOKEN', valueFrom: { secretKeyRef: { key: 'other', optional: true } } }),
  },
  { name: 'a removed value', override: variables({ name: 'LOG_LEVEL', value: null }) },
  { name: 'variables where none were', generated: bare, override: variables({ name: 'B', value: '1' }, { name: 'A' }) },
  {
    name: 'a variable that was there twice',
    generated: {
      containers: [
        { ...bare.containers[0], env: [{ name: 'A', value: '1' }, { name: 'B' }, { name: 'A', value: '2' }] },
      ],
    },
    override: variables({ name: 'A', value: '3' }),
  },
  // Ports.
  { name: 'a port', override: inAgent({ ports: [{ containerPort: 8000, name: 'web' }] }) },
  { name: 'a port of its own', override: inAgent({ ports: [{ containerPort: 9090, name: 'metrics' }] }) },
  {
    name: 'a port of TCP and UDP where none was',
    generated: bare,
    override: inAgent({ ports: [{ containerPort: 53 }, { containerPort: 53, protocol: 'UDP' }] }),
  },
  // Volumes.
  { name: 'a volume of its own', override: { volumes: [{ name: 'cache', emptyDir: {} }] } },
  { name: 'more of the same volume', override: { volumes: [{ name: 'data', emptyDir: { sizeLimit: '2Gi' } }] } },
  { name: 'a removed part of a volume', override: { volumes: [{ name: 'data', emptyDir: { medium: null } }] } },
  { name: 'volumes in another order', override: { volumes: [{ name: 'data' }, { name: 'config' }] } },
  {
    name: 'volumeMounts',
    override: inAgent({ volumeMounts: [{ name: 'other', mountPath: '/data', readOnly: true }] }),
  },
  { name: 'a volumeMount of its own', override: inAgent({ volumeMounts: [{ name: 'data', mountPath: '/cache' }] }) },
  {
    name: 'volumeDevices',
    override: inAgent({
      volumeDevices: [
        { name: 'x', devicePath: '/dev/xvda' },
        { name: 'y', devicePath: '/dev/b' },
      ],
    }),
  },
  // Probes and handlers of the same kind.
  { name: 'the path of a probe', override: inAgent({ livenessProbe: { httpGet: { path: '/live' } } }) },
  { name: 'the numbers of a probe', override: inAgent({ livenessProbe: { periodSeconds: 3 } }) },
  { name: 'the port of a probe by its name', override: inAgent({ readinessProbe: { tcpSocket: { port: 'http' } } }) },
  { name: 'a removed probe', override: inAgent({ livenessProbe: null }) },
  { name: 'a probe of its own', override: inAgent({ startupProbe: { grpc: { port: 8000 } } }) },
  {
    name: 'a removed handler beside a new one',
    override: inAgent({ livenessProbe: { httpGet: null, tcpSocket: { port: 8000 } } }),
  },
  { name: 'a lifecycle handler', override: inAgent({ lifecycle: { preStop: { exec: { command: ['true'] } } } }) },
  { name: 'another lifecycle handler', override: inAgent({ lifecycle: { postStart: { sleep: { seconds: 1 } } } }) },
  // Other lists with merge keys.
  { name: 'imagePullSecrets', override: { imagePullSecrets: [{ name: 'other' }, { name: 'registry' }] } },
  { name: 'hostAliases', override: { hostAliases: [{ ip: '10.0.0.2', hostnames: ['two'] }] } },
  { name: 'hostnames of a host alias', override: { hostAliases: [{ ip: '10.0.0.1', hostnames: ['two'] }] } },
  {
    name: 'topologySpreadConstraints',
    override: { topologySpreadConstraints: [{ topologyKey: 'zone', whenUnsatisfiable: 'DoNotSchedule', maxSkew: 2 }] },
  },
  {
    name: 'resourceClaims',
    override: { resourceClaims: [{ name: 'gpu', resourceClaimName: 'two-gpus' }, { name: 'x' }] },
  },
  { name: 'schedulingGates', override: { schedulingGates: [{ name: 'b' }, { name: 'example.com/quota' }] } },
];

export interface DifferentCase extends MergeCase {
  /** The whole PodSpec that is wanted. */
  readonly merged: object;
  readonly problems?: readonly (readonly [field: string, message: string])[];
}

const agentWith = (fields: object) => ({ ...generated, containers: [{ ...container, ...fields }] });
const [agentName, modelApiUrl, modelName, token, logLevel] = container?.env ?? [];
const [config, data] = generated.volumes;

/** Overrides that are merged otherwise than kubectl does. */
export const differentCases: readonly DifferentCase[] = [
  {
    name: 'another kind of probe',
    override: inAgent({ livenessProbe: { tcpSocket: { port: 8000 } } }),
    merged: agentWith({ livenessProbe: { tcpSocket: { port: 8000 }, initialDelaySeconds: 30 } }),
  },
  {
    name: 'another kind of readiness probe with other numbers',
    override: inAgent({ readinessProbe: { exec: { command: ['true'] }, periodSeconds: 7 } }),
    merged: agentWith({ readinessProbe: { exec: { command: ['true'] }, periodSeconds: 7 } }),
  },
  {
    name: 'another kind of volume',
    override: { volumes: [{ name: 'data', persistentVolumeClaim: { claimName: 'models' } }] },
    merged: { ...generated, volumes: [config, { name: 'data', persistentVolumeClaim: { claimName: 'models' } }] },
  },
  {
    name: 'a reference instead of a value',
    override: variables({ name: 'LOG_LEVEL', valueFrom: { configMapKeyRef: { name: 'a', key: 'b' } } }),
    merged: agentWith({
      env: [
        agentName,
        modelApiUrl,
        modelName,
        token,
        { name: 'LOG_LEVEL', valueFrom: { configMapKeyRef: { name: 'a', key: 'b' } } },
      ],
    }),
  },
  {
    name: 'a value instead of a reference',
    override: variables({ name: 'TOKEN', value: '' }),
    merged: agentWith({ env: [agentName, modelApiUrl, modelName, { name: 'TOKEN', value: '' }, logLevel] }),
  },
  {
    name: 'another kind of reference',
    override: variables({ name: 'TOKEN', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } }),
    merged: agentWith({
      env: [
        agentName,
        modelApiUrl,
        modelName,
        { name: 'TOKEN', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
        logLevel,
      ],
    }),
  },
  {
    name: 'another kind of lifecycle handler',
    override: inAgent({ lifecycle: { preStop: { sleep: { seconds: 5 } } } }),
    merged: agentWith({ lifecycle: { preStop: { sleep: { seconds: 5 } } } }),
  },
  {
    name: 'another kind of resource claim',
    override: { resourceClaims: [{ name: 'gpu', resourceClaimTemplateName: 'gpus' }] },
    merged: { ...generated, resourceClaims: [{ name: 'gpu', resourceClaimTemplateName: 'gpus' }] },
  },
  {
    name: 'UDP at the number of a TCP port',
    override: inAgent({ ports: [{ containerPort: 8000, protocol: 'UDP' }] }),
    merged: agentWith({ ports: [{ containerPort: 8000, protocol: 'UDP' }, ...(container?.ports ?? [])] }),
  },
  {
    name: 'a soft rule beside a hard one',
    override: { topologySpreadConstraints: [{ maxSkew: 2, topologyKey: 'zone', whenUnsatisfiable: 'ScheduleAnyway' }] },
    merged: {
      ...generated,
      topologySpreadConstraints: [
        { maxSkew: 2, topologyKey: 'zone', whenUnsatisfiable: 'ScheduleAnyway' },
        ...generated.topologySpreadConstraints,
      ],
    },
  },
  {
    name: 'two kinds at once',
    override: {
      ...inAgent({ image: 'agent:2', livenessProbe: { exec: {}, grpc: {} } }),
      volumes: [{ name: 'x', a: {}, b: {} }],
    },
    merged: agentWith({ image: 'agent:2' }),
    problems: [
      ['podSpec.containers[0].livenessProbe', 'has exec and grpc, of which there may be one'],
      ['podSpec.volumes[0]', 'has a and b, of which there may be one'],
    ],
  },
  {
    name: 'a variable with both a value and a reference',
    override: variables({ name: 'LOG_LEVEL', value: 'x', valueFrom: {} }, { name: 'NEW', value: '1' }),
    merged: agentWith({ env: [agentName, modelApiUrl, modelName, token, logLevel, { name: 'NEW', value: '1' }] }),
    problems: [['podSpec.containers[0].env[0]', 'has value and valueFrom, of which there may be one']],
  },
  {
    name: 'one item twice',
    generated: bare,
    override: variables({ name: 'A', value: 'x' }, { name: 'B' }, { name: 'A', value: 'y' }),
    merged: { containers: [{ ...bare.containers[0], env: [{ name: 'B' }, { name: 'A', value: 'y' }] }] },
    problems: [['podSpec.containers[0].env[0]', 'has the same name as podSpec.containers[0].env[2], which is taken']],
  },
  {
    name: 'a container that is not there to override',
    override: {
      containers: [
        { name: 'agnet', env: [] },
        { name: 'agent', image: 'agent:2' },
      ],
    },
    merged: agentWith({ image: 'agent:2' }),
    problems: [['podSpec.containers[0]', 'has no image, and nothing with its name is there to override']],
  },
  {
    name: 'no containers at all',
    override: { containers: null, priorityClassName: 'high' },
    merged: { ...generated, priorityClassName: 'high' },
    problems: [['podSpec.containers', 'is required, so it cannot be removed']],
  },
  {
    name: 'directives of patches',
    override: { containers: [{ name: 'agent', $patch: 'delete' }], nodeSelector: { $patch: 'replace' }, hostname: 'x' },
    merged: { ...generated, hostname: 'x' },
    problems: [
      ['podSpec.containers[0]', 'has $patch; directives of patches are not taken, but null removes a field'],
      ['podSpec.nodeSelector', 'has $patch; directives of patches are not taken, but null removes a field'],
    ],
  },
  {
    name: 'nulls in lists',
    override: inAgent({ args: ['a', null], envFrom: [{ prefix: null, secretRef: { name: 'x' } }] }),
    merged: agentWith({ args: ['a'], envFrom: [{ secretRef: { name: 'x' } }] }),
    problems: [['podSpec.containers[0].args[1]', 'must not be null']],
  },
];

/** Overrides that kubectl takes nothing of, or that it makes a PodSpec of which nothing can be made. */
export const refusedCases: readonly DifferentCase[] = [
  {
    name: 'values of another type',
    override: {
      containers: {},
      nodeSelector: [],
      securityContext: 'x',
      tolerations: {},
      serviceAccountName: {},
      volumes: 1,
    },
    merged: generated,
    problems: [
      ['podSpec.containers', 'must be a list'],
      ['podSpec.nodeSelector', 'must be an object'],
      ['podSpec.securityContext', 'must be an object'],
      ['podSpec.serviceAccountName', 'must be a single value'],
      ['podSpec.tolerations', 'must be a list'],
      ['podSpec.volumes', 'must be a list'],
    ],
  },
  {
    name: 'values of another type in a container of its own',
    override: { containers: [{ name: 'sidecar', image: 'x', env: {}, livenessProbe: [], resources: { limits: 'x' } }] },
    merged: { ...generated, containers: [{ name: 'sidecar', image: 'x', resources: {} }, ...generated.containers] },
    problems: [
      ['podSpec.containers[0].env', 'must be a list'],
      ['podSpec.containers[0].livenessProbe', 'must be an object'],
      ['podSpec.containers[0].resources.limits', 'must be an object'],
    ],
  },
  {
    name: 'items that cannot be told apart',
    override: {
      containers: [{ image: 'x' }, 'y', null, { name: 'agent', env: [{ value: '1' }], ports: [{ name: 'http' }] }],
      hostAliases: [{ hostnames: ['x'] }],
      imagePullSecrets: [{ name: '' }],
      topologySpreadConstraints: [{ topologyKey: 'zone' }],
      volumes: [{ name: {}, emptyDir: {} }, data],
    },
    merged: generated,
    problems: [
      ['podSpec.containers[0]', 'has no name, which tells the items of the list apart'],
      ['podSpec.containers[1]', 'must be an object'],
      ['podSpec.containers[2]', 'must be an object'],
      ['podSpec.containers[3].env[0]', 'has no name, which tells the items of the list apart'],
      ['podSpec.containers[3].ports[0]', 'has no containerPort, which tells the items of the list apart'],
      ['podSpec.hostAliases[0]', 'has no ip, which tells the items of the list apart'],
      ['podSpec.imagePullSecrets[0]', 'has no name, which tells the items of the list apart'],
      ['podSpec.topologySpreadConstraints[0]', 'has no whenUnsatisfiable, which tells the items of the list apart'],
      ['podSpec.volumes[0]', 'has no name, which tells the items of the list apart'],
    ],
  },
];
