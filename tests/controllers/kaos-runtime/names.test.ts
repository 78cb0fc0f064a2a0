import { describe, expect, it } from 'vitest';
import type { KubernetesObject } from '../../support/gateways.ts';
import { agent, mcpServer, modelApi, observed, ready, registry, related, sync, UID } from '../../support/kaos.ts';

const LLM = ready(modelApi());

describe('a name that is not valid for a Service', () => {
  it.each([
    ['Agent', (name: string) => ({ parent: agent({}, { name }), related: [LLM] }), 57],
    ['ModelAPI', (name: string) => ({ parent: modelApi({}, { name }) }), 54],
    ['MCPServer', (name: string) => ({ parent: mcpServer({}, { name }), related: [registry()] }), 53],
  ])('D17: because it is too long leaves no %s with only some of its children', (_kind, scene, longest) => {
    expect(sync(scene('a'.repeat(longest))).deployment).toBeDefined();
    for (const name of ['a'.repeat(longest + 1), 'a.b', 'A', 'a_b']) {
      const { kinds, status, conditions, reply } = sync(scene(name));
      expect({ kinds, phase: status.phase, accepted: conditions['Accepted']?.reason }).toEqual({
        kinds: [],
        phase: 'Failed',
        accepted: 'InvalidName',
      });
      expect(status.message).toContain('metadata.name: the Service name ');
      expect(reply.problems).toMatchObject([{ reason: 'InvalidName' }]);
    }
  });
});

const LABELS = { agent: 'lead', app: 'agent' };
const SELECTS = { Deployment: { matchLabels: LABELS }, Service: LABELS };

function found(kind: 'Deployment' | 'Service', metadata: object, spec: object = {}): KubernetesObject {
  const apiVersion = kind === 'Deployment' ? 'apps/v1' : 'v1';
  return { apiVersion, kind, metadata: { name: 'agent-lead', namespace: 'team', ...metadata }, spec };
}

const CONFIG_MAP: KubernetesObject = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'litellm-config-llm', namespace: 'team', labels: { app: 'modelapi' } },
};

describe('an existing object with the name of a child', () => {
  it.each([
    ['without an owner', found('Deployment', {})],
    ['of another owner', found('Service', { ownerReferences: [{ uid: 'another', controller: true }] })],
    [
      'of another owner, with our labels',
      found(
        'Deployment',
        { labels: LABELS, ownerReferences: [{ uid: 'x', controller: true }] },
        { selector: SELECTS.Deployment },
      ),
    ],
    ['without an owner, with other labels', found('Service', { labels: { app: 'agent' } }, { selector: LABELS })],
    [
      'without an owner, with another selector',
      found('Deployment', { labels: LABELS }, { selector: { matchLabels: { app: 'x' } } }),
    ],
    [
      'without an owner, with more labels in its selector',
      found('Service', { labels: LABELS }, { selector: { ...LABELS, more: 'x' } }),
    ],
  ])('D16: is not taken over (%s)', (_whose, foreign) => {
    const { kinds, status, conditions } = sync({ parent: agent(), related: [LLM, foreign] });
    const message = `${foreign.kind} team/agent-lead already exists, but this resource does not control it; rename the resource, or remove the object`;
    expect({ kinds, phase: status.phase, message: status.message }).toEqual({ kinds: [], phase: 'Failed', message });
    expect(conditions['Accepted']).toMatchObject({ status: 'False', reason: 'NameConflict', message });
  });

  it('D16: is not taken over by a running ModelAPI either, which keeps running', () => {
    const children = observed(sync({ parent: modelApi() }).children).filter(({ kind }) => kind !== 'ConfigMap');
    expect(sync({ parent: modelApi(), related: [CONFIG_MAP], children })).toMatchObject({
      kinds: expect.arrayContaining(['Deployment', 'Service']),
      conditions: { Accepted: { reason: 'NameConflict' } },
    });
  });

  it.each<[string, KubernetesObject, KubernetesObject]>([
    ['a Hosted ModelAPI', modelApi({ mode: 'Hosted', hostedConfig: { model: 'm' } }), CONFIG_MAP],
    [
      'a ModelAPI with its configuration in a Secret',
      modelApi({ proxyConfig: { models: ['a'], configYaml: { fromSecretKeyRef: { name: 's', key: 'k' } } } }),
      CONFIG_MAP,
    ],
    ['an Agent that is not exposed', agent({ agentNetwork: { expose: false } }), found('Service', {})],
  ])('does not matter to %s, which has no such child', (_case, parent, foreign) => {
    expect(sync({ parent, related: [LLM, foreign] }).status.phase).toBe('Pending');
  });

  it('is taken over if the KAOS operator created it for this resource and Metacontroller has released it', () => {
    const orphans = (['Deployment', 'Service'] as const).map((kind) =>
      found(kind, { labels: LABELS }, { selector: SELECTS[kind] }),
    );
    expect(sync({ parent: agent(), related: [LLM, ...orphans] }).kinds).toEqual(
      expect.arrayContaining(['Deployment', 'Service']),
    );
  });

  it('is reported while it lacks the label by which Metacontroller knows it, which dynamic apply never sets', () => {
    const labelled = found('Service', { labels: { ...LABELS, 'controller-uid': UID } }, { selector: LABELS });
    const orphan = found('Deployment', { labels: LABELS }, { selector: SELECTS.Deployment });
    const scene = (...objects: KubernetesObject[]) => sync({ parent: agent(), related: [LLM, ...objects] });
    const { status, conditions, reply } = scene(labelled, orphan);
    const message = `Deployment team/agent-lead lacks the label controller-uid=${UID}, so Metacontroller does not recognise it; add the label`;
    expect(status).toMatchObject({ phase: 'Pending', message });
    expect(conditions['Programmed']).toMatchObject({ status: 'False', reason: 'NameConflict', message });
    expect(reply.problems).toEqual([{ reason: 'RuntimeProblem', about: 'Agent team/lead', message }]);
    const others = { ...orphan, metadata: { ...orphan.metadata, labels: { ...LABELS, 'controller-uid': 'x' } } };
    expect(scene(others).status.message).toBe(message);
    expect(scene(labelled).status.message).toBe('Deployment ready replicas: 0/1');
    const hidden = agent({ agentNetwork: { expose: false } });
    const service = found('Service', { labels: LABELS }, { selector: LABELS });
    expect(sync({ parent: hidden, related: [LLM, service] }).status.message).toBe('Deployment ready replicas: 0/1');
  });

  it('is a child if the resource controls it, whatever its labels are', () => {
    const own = found('Deployment', { ownerReferences: [{ uid: UID, controller: true }] });
    expect(sync({ parent: agent(), related: [LLM, own] }).kinds).toEqual(
      expect.arrayContaining(['Deployment', 'Service']),
    );
    const elsewhere = { ...found('Deployment', {}), metadata: { name: 'agent-lead', namespace: 'other' } };
    expect(sync({ parent: agent(), related: [LLM, elsewhere] }).kinds).toEqual(
      expect.arrayContaining(['Deployment', 'Service']),
    );
  });
});

describe('related objects', () => {
  const named = (parent: KubernetesObject, settings = {}) =>
    related(parent, settings).map(({ resource, namespace, names }) => `${resource} ${namespace} ${names?.join()}`);

  it('are requested only by name, once each and sorted', () => {
    const spec = { mcpServers: ['b', 'a', 'b'], agentNetwork: { access: ['y', 'x'] } };
    expect(named(agent(spec))).toEqual([
      'modelapis team llm',
      'mcpservers team a,b',
      'agents team x,y',
      'deployments team agent-lead',
      'services team agent-lead',
    ]);
    expect(named(mcpServer({ runtime: 'custom' }))).toEqual([
      'deployments team mcpserver-calc',
      'services team mcpserver-calc',
    ]);
  });

  it('are never all objects of a kind: an invalid name is not requested', () => {
    const spec = { modelAPI: '', mcpServers: ['A', 'a/b', 'x'.repeat(254)], agentNetwork: { access: [] } };
    expect(named(agent(spec, { name: 'not_a_name' }))).toEqual([]);
  });

  it('D2: include the route and the address of the Gateway only while there are routes, because the cluster may not have their kinds', () => {
    const on = { GATEWAY_API_ENABLED: 'true' };
    expect(named(mcpServer({}), on).slice(-2)).toEqual([
      'httproutes team mcp-calc',
      'configmaps kaos-system kaos-gateway-address',
    ]);
    expect(named(mcpServer({}), { ...on, GATEWAY_ADDRESS: 'http://g' }).slice(-1)).toEqual([
      'httproutes team mcp-calc',
    ]);
    const hidden = agent({ agentNetwork: { expose: false } });
    expect(named(hidden, on).slice(-1)).toEqual(['configmaps kaos-system kaos-gateway-address']);
  });

  it('include Secrets only if there is a key to hash them with', () => {
    const configYaml = { fromSecretKeyRef: { name: 'litellm', key: 'k' } };
    const parent = modelApi({ proxyConfig: { models: ['*'], configYaml } });
    expect(named(parent).join()).not.toContain('secrets');
    const keyed = named(parent, { REFERENCE_HASH_KEY_FILE: 'tests/support/reference-hash-key.txt' });
    expect(keyed).toContain('secrets team litellm');
  });
});
