import { describe, expect, it } from 'vitest';
import { agent, gateway, observed, sync } from '../../support/gateways.ts';

const container = (scene: Parameters<typeof sync>[0]) => sync(scene).pod.spec.containers[0];
describe('the children of a gateway', () => {
  it('have the same names, labels and ports as those of the Go operator', () => {
    const { attachments, deployment } = sync({});
    expect(attachments.map(({ kind, metadata }) => `${kind} ${metadata.namespace}/${metadata.name}`).sort()).toEqual([
      'ConfigMap team/gw-krakend-config',
      'Deployment team/gw',
      'Service team/gw',
    ]);
    expect(attachments.map(({ metadata }) => metadata['labels'])).toEqual([
      { app: 'gw' },
      { app: 'gw' },
      { app: 'gw' },
    ]);
    expect(attachments.find(({ kind }) => kind === 'Service')?.['spec']).toEqual({
      type: 'ClusterIP',
      selector: { app: 'gw' },
      ports: [{ name: 'http', port: 80, targetPort: 8080, protocol: 'TCP' }],
    });
    expect(deployment.spec).toMatchObject({
      replicas: 1,
      progressDeadlineSeconds: 120,
      selector: { matchLabels: { app: 'gw' } },
      strategy: { rollingUpdate: { maxUnavailable: 0 } },
    });
  });

  it('run under the restricted Pod Security Standard, without a token and without service links (D3)', () => {
    const { pod } = sync({});
    expect(pod.spec).toMatchObject({
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      securityContext: { runAsNonRoot: true, runAsUser: 1000, seccompProfile: { type: 'RuntimeDefault' } },
      containers: [
        {
          name: 'agent-gateway',
          image: 'ghcr.io/agentic-layer/agent-gateway-krakend:0.6.3',
          securityContext: {
            allowPrivilegeEscalation: false,
            readOnlyRootFilesystem: true,
            capabilities: { drop: ['ALL'] },
          },
          volumeMounts: [{ mountPath: '/etc/krakend' }, { mountPath: '/tmp' }],
        },
      ],
      volumes: [{ configMap: { name: 'gw-krakend-config' } }, { emptyDir: {} }],
      topologySpreadConstraints: [
        { topologyKey: 'kubernetes.io/hostname', whenUnsatisfiable: 'ScheduleAnyway' },
        { topologyKey: 'topology.kubernetes.io/zone', whenUnsatisfiable: 'ScheduleAnyway' },
      ],
    });
  });

  it('let calls in progress finish before the pods end (D24)', () => {
    const { pod } = sync({ parent: gateway({ timeout: '90s' }), settings: { AGENT_GATEWAY_PRE_STOP_SECONDS: '7' } });
    expect(pod.spec.terminationGracePeriodSeconds).toBe(7 + 90 + 5);
    expect(pod.spec.containers[0].lifecycle).toEqual({ preStop: { sleep: { seconds: 7 } } });
    expect(container({ settings: { AGENT_GATEWAY_PRE_STOP_SECONDS: '0' } }).lifecycle).toBeUndefined();
  });

  it('get the labels and annotations of commonMetadata and podMetadata, but the selector does not (D14, D20)', () => {
    const spec = {
      commonMetadata: { labels: { team: 'x', app: 'mine' }, annotations: { a: '1' } },
      podMetadata: { labels: { tier: 'y' }, annotations: { a: '2', 'runtime.agentic-layer.ai/config-hash': '0' } },
    };
    const { attachments, pod, deployment, conditions } = sync({ parent: gateway(spec) });
    for (const { metadata } of attachments) {
      expect(metadata).toMatchObject({ labels: { team: 'x', app: 'gw' }, annotations: { a: '1' } });
    }
    expect(pod.metadata.labels).toEqual({
      team: 'x',
      tier: 'y',
      app: 'gw',
      'agent-gateway-hooks/component': 'agent-gateway',
    });
    expect(pod.metadata.annotations).toMatchObject({ a: '2' });
    expect(pod.metadata.annotations['runtime.agentic-layer.ai/config-hash']).toMatch(/^[0-9a-f]{16}$/);
    expect(deployment.spec.selector).toEqual({ matchLabels: { app: 'gw' } });
    expect(conditions['Accepted']).toMatchObject({ status: 'False', reason: 'InvalidMetadata' });
  });

  it.each([
    ['a key with a space', 'labels', { 'bad key': 'x' }],
    ['a value with a space', 'labels', { ok: 'bad value' }],
    ['a value of 64 characters', 'labels', { ok: 'x'.repeat(64) }],
    ['a key of 64 characters', 'labels', { [`${'x'.repeat(64)}`]: 'x' }],
    ['the key __proto__', 'labels', JSON.parse('{"__proto__":"x"}')],
    ['a key with two slashes', 'annotations', { 'a/b/c': 'x' }],
    ['a prefix with an empty domain label', 'annotations', { 'a..b/x': 'x' }],
    ['a prefix whose domain label begins with a hyphen', 'annotations', { 'a.-b/x': 'x' }],
    [
      'a key that is reserved for the Deployment controller',
      'annotations',
      { 'deployment.kubernetes.io/revision': '1' },
    ],
    ['a value that is too long', 'annotations', { ok: 'ä'.repeat(40_000) }],
    [
      'values that are too long in total',
      'annotations',
      Object.fromEntries(Array.from({ length: 9 }, (_, index) => [`k${index}`, 'x'.repeat(8_000)])),
    ],
  ])('do not get %s from commonMetadata, and a condition reports it', (_what, field, map) => {
    const { attachments, conditions } = sync({ parent: gateway({ commonMetadata: { [field]: map } }) });
    const expected = sync({}).attachments.map(({ metadata }) => metadata['labels']);
    expect(attachments.map(({ metadata }) => metadata['labels'])).toEqual(expected);
    expect(conditions['Accepted']?.reason).toBe('InvalidMetadata');
  });
});

describe('the resources of the gateway’s container (D6)', () => {
  const resources = (annotations: object, settings = {}, agents = 1) => {
    const related = Array.from({ length: agents }, (_, index) => agent(`a/agent-${index}`));
    const { pod, conditions } = sync({
      parent: gateway({}, { annotations }),
      settings: { AGENT_GATEWAY_CONFIG_LIMIT_KIB: '1000', ...settings },
      related,
    });
    return { ...pod?.spec.containers[0].resources, accepted: conditions['Accepted'] };
  };
  const DEFAULT = { requests: { cpu: '100m', memory: '32Mi' }, limits: { cpu: '500m', memory: '128Mi' } };

  it('are those of the Go operator by default, with twice its memory limit', () => {
    expect(resources({})).toMatchObject(DEFAULT);
  });

  it('come from annotations, and otherwise from settings', () => {
    const settings = { AGENT_GATEWAY_LIMITS_CPU: '2000m', AGENT_GATEWAY_LIMITS_MEMORY: '1024Mi' };
    expect(resources({}, settings).limits).toEqual({ cpu: '2', memory: '1Gi' });
    const annotations = { 'agent-gateway-hooks/limits-memory': '96Mi', 'agent-gateway-hooks/requests-cpu': '1' };
    expect(resources(annotations, settings)).toMatchObject({
      requests: { cpu: '1' },
      limits: { cpu: '2', memory: '96Mi' },
    });
  });

  it.each([
    ['limits-cpu', '1000', '1k'],
    ['limits-cpu', '500000m', '500'],
    ['limits-cpu', '999999', '999999'],
    ['limits-cpu', '1500m', '1500m'],
    ['limits-memory', '1024Gi', '1Ti'],
    ['limits-memory', '1048576Gi', '1Pi'],
    ['limits-memory', '1536Gi', '1536Gi'],
    ['limits-memory', '131072Ki', '128Mi'],
  ])('are written as the API server stores them: %s %s as %s', (name, written, stored) => {
    const [kind = '', resource = ''] = name.split('-');
    const annotated = resources({ [`agent-gateway-hooks/${name}`]: written });
    const set = resources({}, { [`AGENT_GATEWAY_${kind}_${resource}`.toUpperCase()]: written });
    expect(annotated[kind][resource]).toBe(stored);
    expect(set[kind][resource]).toBe(stored);
  });

  it('never request more than the limit', () => {
    expect(resources({ 'agent-gateway-hooks/requests-memory': '1Gi' }).limits.memory).toBe('1Gi');
    expect(resources({ 'agent-gateway-hooks/requests-cpu': '1' }).limits.cpu).toBe('1');
    expect(resources({ 'agent-gateway-hooks/limits-memory': '1024Ki' }).limits.memory).toBe('32Mi');
  });

  it.each(['lots', '', '-1Mi', '1.5Gi', '0Mi', '64', '64MB', '1e3Ki'])(
    'are the default instead of %j, which a condition reports',
    (quantity) => {
      const found = resources({ 'agent-gateway-hooks/limits-memory': quantity });
      expect(found).toMatchObject({ ...DEFAULT, accepted: { status: 'False', reason: 'InvalidQuantity' } });
    },
  );

  it.each([
    ['by default', {}, {}, 1, (128 * 1024 * 1024 * 8) / 10],
    ['of a setting', {}, { AGENT_GATEWAY_LIMITS_MEMORY: '1Gi' }, 1, (1024 * 1024 * 1024 * 8) / 10],
    ['of an annotation', { 'agent-gateway-hooks/limits-memory': '65537Ki' }, {}, 1, (65_537 * 1024 * 8) / 10],
    ['of many agents', {}, { AGENT_GATEWAY_LIMITS_MEMORY: '64Mi' }, 301, (256 * 1024 * 1024 * 8) / 10],
  ])('give Go four fifths of the memory limit %s', (_which, annotations, settings, agents, bytes) => {
    const { env } = container({
      parent: gateway({}, { annotations }),
      settings: { AGENT_GATEWAY_CONFIG_LIMIT_KIB: '1000', ...settings },
      related: Array.from({ length: agents }, (_, index) => agent(`a/agent-${index}`)),
    });
    expect(env).toContainEqual({ name: 'GOMEMLIMIT', value: String(Math.floor(bytes)) });
  });

  it('grow in steps with the number of agents', () => {
    const memoryLimits = (settings: object) =>
      [1, 200, 201, 300, 301, 600].map((agents) => resources({}, settings, agents).limits.memory);
    expect(memoryLimits({})).toEqual(['128Mi', '128Mi', '128Mi', '128Mi', '256Mi', '256Mi']);
    expect(memoryLimits({ AGENT_GATEWAY_LIMITS_MEMORY: '32Mi' })).toEqual([
      '64Mi',
      '64Mi',
      '128Mi',
      '128Mi',
      '256Mi',
      '256Mi',
    ]);
  });
});

describe('guardrails, which KrakenD does not support (D14)', () => {
  const parent = gateway({ guardrails: [{ name: 'pii' }] });
  const refuse = { AGENT_GATEWAY_GUARDRAILS: 'refuse' };

  it('cause a warning by default', () => {
    const { attachments, conditions } = sync({ parent });
    expect({ attachments: attachments.length, resolvedRefs: conditions['ResolvedRefs']?.reason }).toEqual({
      attachments: 3,
      resolvedRefs: 'GuardrailsNotSupported',
    });
  });

  it('are refused if the settings say so: no Deployment is created, and an existing one is kept', () => {
    const fresh = sync({ parent, settings: refuse });
    expect(fresh.attachments.map(({ kind }) => kind)).toEqual(['Service']);
    expect(fresh.conditions['Programmed']?.reason).toBe('GuardrailsNotSupported');
    const before = sync({});
    const held = sync({ parent, settings: refuse, children: observed(before.attachments), related: [agent('a/new')] });
    expect({ krakendJson: held.krakendJson, pod: held.pod }).toEqual({
      krakendJson: before.krakendJson,
      pod: before.pod,
    });
  });
});
