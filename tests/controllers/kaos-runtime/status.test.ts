import { describe, expect, it } from 'vitest';
import type { KubernetesObject } from '../../support/gateways.ts';
import { agent, GATEWAY_ON, modelApi, observed, READY, ready, sync, UID } from '../../support/kaos.ts';

const LLM = ready(modelApi());
const scene = (status: object = READY) => {
  const first = sync({ parent: agent(), related: [LLM] });
  return { parent: agent(), related: [LLM], children: observed(first.children, status) };
};

describe('the status of a resource', () => {
  it('is Pending until a pod is ready, and then Ready', () => {
    expect(sync({ parent: agent(), related: [LLM] }).status).toMatchObject({
      phase: 'Pending',
      ready: false,
      message: 'Deployment ready replicas: 0/1',
    });
    expect(sync(scene()).status).toMatchObject({
      phase: 'Ready',
      ready: true,
      message: 'Deployment ready replicas: 1/1',
      endpoint: 'http://agent-lead.team.svc.cluster.local:8000',
    });
    expect(sync(scene({ ...READY, readyReplicas: 0 })).status).toMatchObject({ phase: 'Pending', ready: false });
  });

  it('has the counts of the Deployment that are not zero, and its conditions without their update times', () => {
    const condition = {
      type: 'Available',
      status: 'True',
      reason: 'MinimumReplicasAvailable',
      message: 'm',
      lastTransitionTime: '2026-01-01T00:00:00Z',
    };
    const conditions = [{ ...condition, lastUpdateTime: '2026-01-02T00:00:00Z' }, { type: 'Odd', reason: '' }, null];
    const { status } = sync(scene({ replicas: 2, readyReplicas: 1, availableReplicas: 0, conditions }));
    expect(status.deployment).toEqual({ replicas: 2, readyReplicas: 1, conditions: [condition] });
    expect(status).not.toHaveProperty('observedGeneration');
  });

  it('shows the number of replicas that others have chosen', () => {
    const { parent, related, children } = scene({ ...READY, readyReplicas: 2 });
    const scaled = children.map((child) =>
      child.kind === 'Deployment' ? { ...child, spec: { ...(child['spec'] as object), replicas: 3 } } : child,
    );
    const { status, deployment } = sync({ parent, related, children: scaled });
    expect(status.message).toBe('Deployment ready replicas: 2/3');
    expect(deployment.spec).not.toHaveProperty('replicas');
  });

  it.each<[string, object, string, string]>([
    ['rolled out', {}, 'True', 'Programmed'],
    ['not yet seen by the Deployment controller', { observedGeneration: 0 }, 'False', 'Pending'],
    ['only partly rolled out', { replicas: 2 }, 'False', 'Pending'],
    ['not available', { availableReplicas: 0 }, 'False', 'Pending'],
    [
      'stuck',
      { conditions: [{ type: 'Progressing', status: 'False', reason: 'ProgressDeadlineExceeded' }] },
      'False',
      'RolloutFailed',
    ],
  ])('has the expected condition Programmed if the present spec is %s', (_case, change, status, reason) => {
    expect(sync(scene({ ...READY, ...change })).conditions['Programmed']).toMatchObject({ status, reason });
  });

  it('is not Programmed while the ready pods have an older spec', () => {
    const { related, children } = scene();
    const { conditions, status } = sync({ parent: agent({ config: { description: 'new' } }), related, children });
    expect(conditions['Programmed']).toMatchObject({ status: 'Unknown', reason: 'Pending' });
    expect(status.phase).toBe('Ready');
  });

  it('keeps lastTransitionTime until the status of a condition changes', () => {
    const first = sync({ ...scene(), now: '2026-01-01T00:00:00Z' });
    const parent = { ...agent(), status: first.status };
    const second = sync({ ...scene(), parent, now: '2026-02-02T00:00:00Z' });
    expect(second.status).toEqual(first.status);
    const third = sync({ ...scene(), parent, related: [], now: '2026-02-02T00:00:00Z' });
    expect(third.conditions['Accepted']?.lastTransitionTime).toBe('2026-01-01T00:00:00Z');
    expect(third.conditions['ResolvedRefs']?.lastTransitionTime).toBe('2026-02-02T00:00:00Z');
  });

  it('is complete: what others have added to it is not kept', () => {
    const parent = { ...agent(), status: { conditions: [{ type: 'Other' }, 'odd'], other: 1 } };
    const { status } = sync({ ...scene(), parent });
    expect(Object.keys(status).sort()).toEqual([
      'conditions',
      'deployment',
      'endpoint',
      'linkedResources',
      'message',
      'phase',
      'ready',
    ]);
    expect(status.conditions.map(({ type }: { type: string }) => type)).toEqual([
      'Accepted',
      'ResolvedRefs',
      'Programmed',
    ]);
  });
});

describe('the report of invalid fields and missing references', () => {
  const spec = { mcpServers: ['ghost', 'calc'], agentNetwork: { access: ['nobody'] } };
  const parent = agent({ ...spec, container: { env: [{ name: '=' }] } });
  const MISSING = 'MCPServer ghost not found; MCPServer calc not found; peer Agent nobody not found';

  it.each<[string, KubernetesObject[], object, string]>([
    ['waits', [ready(modelApi(), 'llm', false)], {}, 'EnvironmentRefused'],
    [
      'has a model that is not supported',
      [ready(modelApi({ proxyConfig: { models: ['x'] } }))],
      {},
      'ModelNotSupported',
    ],
    ['has an invalid name', [LLM], { name: 'a.b' }, 'InvalidName'],
    ['is being deleted', [LLM], { deletionTimestamp: '2026-01-01T00:00:00Z' }, 'EnvironmentRefused'],
  ])('is complete while the resource %s', (_case, related, metadata, reason) => {
    const { conditions } = sync({ parent: { ...parent, metadata: { ...parent.metadata, ...metadata } }, related });
    expect(conditions['ResolvedRefs']).toMatchObject({ status: 'False', reason: 'RefNotFound', message: MISSING });
    expect(conditions['Accepted']).toMatchObject({ status: 'False', reason });
    expect(conditions['Accepted']?.message).toContain('"=" is not a valid environment variable name');
  });

  it('does not change while a dependency is not ready for a moment', () => {
    const missing = agent({ agentNetwork: { access: ['nobody'] }, container: { env: [{ name: '=' }] } });
    const before = sync({ parent: missing, related: [LLM], now: '2026-01-01T00:00:00Z' });
    const related = [ready(modelApi(), 'llm', false)];
    const blink = sync({ parent: { ...missing, status: before.status }, related, now: '2026-02-02T00:00:00Z' });
    expect(blink.status.phase).toBe('Waiting');
    expect({ accepted: blink.conditions['Accepted'], resolvedRefs: blink.conditions['ResolvedRefs'] }).toEqual({
      accepted: before.conditions['Accepted'],
      resolvedRefs: before.conditions['ResolvedRefs'],
    });
  });

  it('is shortened if it is very long', () => {
    const models = Array.from({ length: 20_000 }, (_, index) => `model-${index}`);
    const { status, reply } = sync({ parent: agent(), related: [ready(modelApi({ proxyConfig: { models } }))] });
    const [problem] = reply.problems;
    expect({ ofStatus: status.message.length, ofProblem: problem?.message.length }).toEqual({
      ofStatus: 2049,
      ofProblem: 2049,
    });
    const access = Array.from({ length: 20_000 }, (_, index) => `peer-${index}`);
    const { linkedResources } = sync({ parent: agent({ agentNetwork: { access } }), related: [LLM] }).status;
    expect(linkedResources.peerAgents).toMatch(/^peer-0,peer-1,peer-10,.*,and 19900 more$/);
  });
});

it('the endpoint of a ModelAPI is that of its kept Service', () => {
  const children = observed(sync({ parent: modelApi() }).children);
  const parent = modelApi({ mode: 'Hosted', hostedConfig: { model: 'm' } });
  const held = sync({ parent, children, settings: { DEFAULT_OLLAMA_IMAGE: '' } });
  expect(held.status).toMatchObject({ phase: 'Failed', endpoint: 'http://modelapi-llm.team.svc.cluster.local:8000' });
  expect(sync({ parent, children }).status.endpoint).toBe('http://modelapi-llm.team.svc.cluster.local:11434');
});

interface RouteChange {
  readonly condition?: object;
  readonly parentRef?: object;
  readonly generation?: number;
  readonly controller?: string;
  readonly namespace?: string;
}

function route(change: RouteChange = {}): KubernetesObject {
  const { condition = {}, parentRef = {}, generation = 1, controller = UID, namespace = 'team' } = change;
  const ownerReferences = [{ uid: controller, controller: true }];
  const accepted = { type: 'Accepted', status: 'True', reason: 'Accepted', message: 'said', observedGeneration: 1 };
  return {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    metadata: { name: 'agent-lead', namespace, generation, ownerReferences },
    status: {
      parents: [
        {
          parentRef: { name: 'kaos-gateway', namespace: 'kaos-system', ...parentRef },
          conditions: [{ ...accepted, ...condition }],
        },
      ],
    },
  };
}

describe('D3 and D22: the condition RouteAccepted', () => {
  const accepted = (related: readonly KubernetesObject[], settings: Record<string, string> = GATEWAY_ON) =>
    sync({ parent: agent(), related: [LLM, ...related], settings }).conditions['RouteAccepted'];

  it.each<[string, KubernetesObject[], string, string]>([
    ['accepted', [route()], 'True', 'Accepted'],
    [
      'refused',
      [route({ condition: { status: 'False', reason: 'NotAllowedByListeners' } })],
      'False',
      'NotAllowedByListeners',
    ],
    ['not found', [], 'Unknown', 'Pending'],
    ['not observed since it changed', [route({ generation: 2 })], 'Unknown', 'Pending'],
    ['accepted by another Gateway', [route({ parentRef: { name: 'other' } })], 'Unknown', 'Pending'],
    [
      'accepted by a Gateway with the same name in another namespace',
      [route({ parentRef: { namespace: 'team' } })],
      'Unknown',
      'Pending',
    ],
    ['accepted, but has another owner', [route({ controller: 'another' })], 'False', 'NameConflict'],
    ['accepted, but is in another namespace', [route({ namespace: 'other' })], 'Unknown', 'Pending'],
    [
      'refused with an invalid reason',
      [route({ condition: { status: 'False', reason: 'not one' } })],
      'False',
      'Accepted',
    ],
  ])('reports a route that is %s', (_case, related, status, reason) => {
    expect(accepted(related)).toMatchObject({ status, reason });
  });

  it('is False if one of several controllers refuses the route, whatever their order', () => {
    const refusal = { status: 'False', reason: 'NoMatchingParent' };
    const parents = [route(), route({ condition: refusal })].flatMap(
      ({ status }) => (status as { readonly parents: readonly object[] }).parents,
    );
    for (const order of [parents, parents.toReversed()]) {
      expect(accepted([{ ...route(), status: { parents: order } }])).toMatchObject(refusal);
    }
  });

  it('is missing if the route will never exist', () => {
    const { status, conditions } = sync({ parent: agent({}, { name: 'a.b' }), related: [LLM], settings: GATEWAY_ON });
    expect(status.phase).toBe('Failed');
    expect(conditions['RouteAccepted']).toBeUndefined();
  });

  it('is missing if the resource has no route', () => {
    expect(accepted([route()], {})).toBeUndefined();
    const hidden = agent({ agentNetwork: { expose: false } });
    expect(sync({ parent: hidden, related: [LLM], settings: GATEWAY_ON }).conditions['RouteAccepted']).toBeUndefined();
  });
});
