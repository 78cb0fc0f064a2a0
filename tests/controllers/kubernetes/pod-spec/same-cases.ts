import type { MergeCase } from './merge-case.ts';
import { bare, generated, inAgent, variables } from './pod-specs.ts';

const { containers: _containers, ...withoutContainers } = generated;

/** Overrides that are merged as kubectl merges them. */
export const sameCases: readonly MergeCase[] = [
  // Fields and lists that are replaced as a whole.
  { name: 'an empty override', override: {} },
  { name: 'a new field', override: { priorityClassName: 'high' } },
  { name: 'an existing field', override: { serviceAccountName: 'other', automountServiceAccountToken: true } },
  { name: 'a removed field', override: { serviceAccountName: null } },
  {
    name: 'a removed field that did not exist',
    override: { priorityClassName: null, affinity: { podAffinity: null } },
  },
  { name: 'tolerations', override: { tolerations: [{ key: 'spot', operator: 'Exists' }] } },
  { name: 'an empty list of tolerations', override: { tolerations: [] } },
  { name: 'readinessGates', override: { readinessGates: [{ conditionType: 'other' }] } },
  { name: 'command and args', override: inAgent({ command: ['a', 'b'], args: [] }) },
  { name: 'envFrom', override: inAgent({ envFrom: [{ secretRef: { name: 'keys' } }] }) },
  { name: 'the capabilities to drop', override: inAgent({ securityContext: { capabilities: { drop: ['NET_RAW'] } } }) },
  { name: 'nameservers', override: { dnsConfig: { nameservers: ['10.0.0.2'] } } },
  { name: 'supplementalGroups', override: { securityContext: { supplementalGroups: [2, 3] } } },
  {
    name: 'affinity',
    override: {
      affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{}] } } },
    },
  },
  // Maps.
  { name: 'nodeSelector', override: { nodeSelector: { zone: 'b', arch: 'arm64' } } },
  { name: 'a removed key of nodeSelector', override: { nodeSelector: { zone: null } } },
  { name: 'resources', override: inAgent({ resources: { limits: { cpu: 1 }, requests: { memory: '96Mi' } } }) },
  { name: 'the securityContext of the pod', override: { securityContext: { runAsUser: 1000, runAsNonRoot: null } } },
  {
    name: 'the securityContext of a container',
    override: inAgent({ securityContext: { readOnlyRootFilesystem: true } }),
  },
  {
    name: 'privileges',
    override: inAgent({ securityContext: { allowPrivilegeEscalation: true, privileged: true } }),
  },
  // Containers.
  { name: 'an empty list of containers', override: { containers: [] } },
  { name: 'an image', override: inAgent({ image: 'agent:2' }) },
  { name: 'an additional container', override: { containers: [{ name: 'sidecar', image: 'sidecar:1' }] } },
  {
    name: 'an additional container before the generated one',
    override: { containers: [{ name: 'sidecar', image: 'sidecar:1' }, { name: 'agent' }] },
  },
  {
    name: 'an additional container after the generated one',
    override: { containers: [{ name: 'agent' }, { name: 'sidecar', image: 'sidecar:1' }] },
  },
  { name: 'an additional init container', override: { initContainers: [{ name: 'wait', image: 'wait:1' }] } },
  {
    name: 'the generated init container',
    override: { initContainers: [{ name: 'pull-model', args: ['x'], env: [] }] },
  },
  {
    name: 'init containers without generated ones',
    generated: bare,
    override: { initContainers: [{ name: 'a', image: 'b' }] },
  },
  {
    name: 'containers without generated ones',
    generated: withoutContainers,
    override: { containers: [{ name: 'a', image: 'b' }] },
  },
  // Environment.
  { name: 'a variable', override: variables({ name: 'MODEL_NAME', value: 'other' }) },
  { name: 'an additional variable', override: variables({ name: 'EXTRA', value: '1' }) },
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
  {
    name: 'variables without generated ones',
    generated: bare,
    override: variables({ name: 'B', value: '1' }, { name: 'A' }),
  },
  {
    name: 'a variable that was generated twice',
    generated: {
      containers: [
        { ...bare.containers[0], env: [{ name: 'A', value: '1' }, { name: 'B' }, { name: 'A', value: '2' }] },
      ],
    },
    override: variables({ name: 'A', value: '3' }),
  },
  // Ports.
  { name: 'a port', override: inAgent({ ports: [{ containerPort: 8000, name: 'web' }] }) },
  { name: 'an additional port', override: inAgent({ ports: [{ containerPort: 9090, name: 'metrics' }] }) },
  {
    name: 'a port for TCP and UDP without generated ones',
    generated: bare,
    override: inAgent({ ports: [{ containerPort: 53 }, { containerPort: 53, protocol: 'UDP' }] }),
  },
  // Volumes.
  { name: 'an additional volume', override: { volumes: [{ name: 'cache', emptyDir: {} }] } },
  { name: 'more fields of the same volume', override: { volumes: [{ name: 'data', emptyDir: { sizeLimit: '2Gi' } }] } },
  { name: 'a removed field of a volume', override: { volumes: [{ name: 'data', emptyDir: { medium: null } }] } },
  { name: 'volumes in another order', override: { volumes: [{ name: 'data' }, { name: 'config' }] } },
  {
    name: 'volumeMounts',
    override: inAgent({ volumeMounts: [{ name: 'other', mountPath: '/data', readOnly: true }] }),
  },
  { name: 'an additional volumeMount', override: inAgent({ volumeMounts: [{ name: 'data', mountPath: '/cache' }] }) },
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
  {
    name: 'the port of a probe, given by name',
    override: inAgent({ readinessProbe: { tcpSocket: { port: 'http' } } }),
  },
  { name: 'a removed probe', override: inAgent({ livenessProbe: null }) },
  { name: 'an additional probe', override: inAgent({ startupProbe: { grpc: { port: 8000 } } }) },
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
    override: {
      resourceClaims: [
        { name: 'gpu', resourceClaimName: 'two-gpus' },
        { name: 'x', resourceClaimName: 'x' },
      ],
    },
  },
  { name: 'schedulingGates', override: { schedulingGates: [{ name: 'b' }, { name: 'example.com/quota' }] } },
  // Directives.
  {
    name: 'an object that is replaced',
    override: { securityContext: { $patch: 'replace', seccompProfile: { type: 'RuntimeDefault' } } },
  },
  { name: 'an item that is deleted', override: variables({ name: 'LOG_LEVEL', $patch: 'delete' }) },
  {
    name: 'a deleted item beside a new one',
    override: {
      volumes: [
        { name: 'data', $patch: 'delete' },
        { name: 'new', emptyDir: {} },
      ],
    },
  },
  {
    name: 'a list that is replaced',
    override: inAgent({ env: [{ $patch: 'replace' }, { name: 'ONLY', value: '1' }] }),
  },
];
