import type { DifferentCase } from './merge-case.ts';
import { bare, generated, inAgent, variables } from './pod-specs.ts';

const [container] = generated.containers;
const agentWith = (fields: object) => ({ ...generated, containers: [{ ...container, ...fields }] });
const [agentName, modelApiUrl, modelName, token, logLevel] = container?.env ?? [];
const [config, data] = generated.volumes;

/** Overrides that are not merged as kubectl merges them. */
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
    name: 'UDP with the number of a TCP port',
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
      volumes: [{ name: 'x', emptyDir: {}, hostPath: {} }],
    },
    merged: agentWith({ image: 'agent:2' }),
    problems: [
      ['podSpec.containers[0].livenessProbe', 'has exec and grpc; expected only one of them'],
      ['podSpec.volumes[0]', 'has emptyDir and hostPath; expected only one of them'],
    ],
  },
  {
    name: 'a variable with both a value and a reference',
    override: variables({ name: 'LOG_LEVEL', value: 'x', valueFrom: {} }, { name: 'NEW', value: '1' }),
    merged: agentWith({ env: [agentName, modelApiUrl, modelName, token, logLevel, { name: 'NEW', value: '1' }] }),
    problems: [['podSpec.containers[0].env[0]', 'has value and valueFrom; expected only one of them']],
  },
  {
    name: 'one variable twice',
    generated: bare,
    override: variables({ name: 'A', value: 'x' }, { name: 'B' }, { name: 'A', value: 'y' }),
    merged: { containers: [{ ...bare.containers[0], env: [{ name: 'B' }, { name: 'A', value: 'y' }] }] },
    problems: [
      ['podSpec.containers[0].env[0]', 'has the same name as podSpec.containers[0].env[2], which is used instead'],
    ],
  },
  {
    name: 'a container whose name is not that of a generated one',
    override: {
      containers: [
        { name: 'agnet', env: [] },
        { name: 'agent', image: 'agent:2' },
      ],
    },
    merged: agentWith({ image: 'agent:2' }),
    problems: [['podSpec.containers[0]', 'has no image, and does not override a generated item']],
  },
  {
    name: 'containers set to null',
    override: { containers: null, priorityClassName: 'high' },
    merged: { ...generated, priorityClassName: 'high' },
    problems: [['podSpec.containers', 'is required, so it cannot be removed']],
  },
  {
    name: 'an item that is replaced',
    override: { containers: [{ name: 'agent', image: 'own:1', $patch: 'replace' }] },
    merged: { ...generated, containers: [{ name: 'agent', image: 'own:1' }] },
  },
  {
    name: 'a deletion of the only container',
    override: { containers: [{ name: 'agent', $patch: 'delete' }], hostname: 'x' },
    merged: { ...generated, hostname: 'x' },
    problems: [['podSpec.containers', 'must have at least one item']],
  },
  {
    name: 'other patch directives',
    override: { nodeSelector: { $retainKeys: ['disk'] }, hostname: 'x' },
    merged: { ...generated, hostname: 'x' },
    problems: [
      [
        'podSpec.nodeSelector',
        'has $retainKeys; of the patch directives only $patch: delete and $patch: replace are supported',
      ],
    ],
  },
  {
    name: 'nulls in lists',
    override: inAgent({ args: ['a', null], envFrom: [{ prefix: null, secretRef: { name: 'x' } }] }),
    merged: agentWith({ envFrom: [{ secretRef: { name: 'x' } }] }),
    problems: [['podSpec.containers[0].args[1]', 'must not be null']],
  },
];

/** Overrides that kubectl refuses, or from which it makes an unusable PodSpec. */
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
      ['podSpec.serviceAccountName', 'must be text'],
      ['podSpec.tolerations', 'must be a list'],
      ['podSpec.volumes', 'must be a list'],
    ],
  },
  {
    name: 'values of another type in an additional container',
    override: { containers: [{ name: 'sidecar', image: 'x', env: {}, livenessProbe: [], resources: { limits: 'x' } }] },
    merged: { ...generated, containers: [{ name: 'sidecar', image: 'x', resources: {} }, ...generated.containers] },
    problems: [
      ['podSpec.containers[0].env', 'must be a list'],
      ['podSpec.containers[0].livenessProbe', 'must be an object'],
      ['podSpec.containers[0].resources.limits', 'must be an object'],
    ],
  },
  {
    name: 'items without a merge key',
    override: {
      containers: [{ image: 'x' }, 'y', null, { name: 'agent', env: [{ value: '1' }], ports: [{ name: 'http' }] }],
      hostAliases: [{ hostnames: ['x'] }],
      imagePullSecrets: [{ name: '' }],
      topologySpreadConstraints: [{ topologyKey: 'zone' }],
      volumes: [{ name: {}, emptyDir: {} }, data],
    },
    merged: generated,
    problems: [
      ['podSpec.containers[0]', 'must have name, which identifies the items of this list'],
      ['podSpec.containers[1]', 'must be an object'],
      ['podSpec.containers[2]', 'must be an object'],
      ['podSpec.containers[3].env[0]', 'must have name, which identifies the items of this list'],
      ['podSpec.containers[3].ports[0]', 'must have containerPort, which identifies the items of this list'],
      ['podSpec.hostAliases[0]', 'must have ip, which identifies the items of this list'],
      ['podSpec.imagePullSecrets[0]', 'must have name, which identifies the items of this list'],
      ['podSpec.topologySpreadConstraints[0]', 'must have whenUnsatisfiable, which identifies the items of this list'],
      ['podSpec.volumes[0]', 'must have name, which identifies the items of this list'],
    ],
  },
];
