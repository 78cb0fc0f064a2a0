import { describe, expect, it } from 'vitest';
import type { KubernetesObject } from '../../support/gateways.ts';
import { agent, mcpServer, modelApi, observed, READY, ready, registry, type Scene, sync } from '../../support/kaos.ts';

const LLM = ready(modelApi());

/** What runs, and scenes in which it can be made anew no longer, or not yet. */
const CASES: readonly (readonly [string, Scene, Omit<Scene, 'parent'> & { parent?: KubernetesObject }, string])[] = [
  [
    'a ModelAPI that is not ready',
    { parent: agent(), related: [LLM] },
    { related: [ready(modelApi(), 'llm', false)] },
    'Waiting',
  ],
  ['a ModelAPI that is gone', { parent: agent(), related: [LLM] }, { related: [] }, 'Failed'],
  [
    'D30: a ModelAPI that has the model no longer',
    { parent: agent(), related: [LLM] },
    { related: [ready(modelApi({ proxyConfig: { models: ['other'] } }))] },
    'Failed',
  ],
  [
    'an MCPServer that is gone',
    { parent: agent({ mcpServers: ['calc'] }), related: [LLM, ready(mcpServer())] },
    { related: [LLM] },
    'Failed',
  ],
  [
    'D15: an image that is no longer set',
    { parent: agent(), related: [LLM] },
    { settings: { DEFAULT_AGENT_IMAGE: '' } },
    'Failed',
  ],
  [
    'a configYaml that is broken',
    { parent: modelApi() },
    { parent: modelApi({ proxyConfig: { models: ['a'], configYaml: { fromString: 'a: [' } } }) },
    'Failed',
  ],
  ['a registry that is gone', { parent: mcpServer(), related: [registry()] }, { related: [] }, 'Failed'],
  [
    'D15: a registry that cannot be read',
    { parent: mcpServer(), related: [registry()] },
    { related: [registry('runtimes: [')] },
    'Failed',
  ],
];

describe('what runs goes on running', () => {
  it.each(CASES)('with %s', (_case, before, change, phase) => {
    const first = sync(before);
    const children = observed(first.children);
    expect(sync({ ...before, children }).status).toMatchObject({ phase: 'Ready', ready: true });
    const { status, children: kept } = sync({ ...before, ...change, children });
    expect(byKind(kept)).toEqual(byKind(first.children));
    expect(status).toMatchObject({ phase, ready: false, deployment: { readyReplicas: 1 } });
    expect(status.endpoint).toBe(sync(before).status.endpoint);
  });

  it.each(CASES)('and nothing is made of what has nothing, with %s', (_case, before, change, phase) => {
    const { reply, kinds, status } = sync({ ...before, ...change });
    expect([reply.outcome, kinds, status.phase]).toEqual(['release', [], phase]);
    expect(status).not.toHaveProperty('endpoint');
  });

  it('D14: is never called ready while it waits or has failed', () => {
    const parent = { ...agent(), status: { ready: true, phase: 'Ready', endpoint: 'http://old' } };
    const children = observed(sync({ parent, related: [LLM] }).children);
    expect(sync({ parent, children }).status).toMatchObject({ phase: 'Failed', ready: false });
  });

  it('as others have changed it meanwhile: scaled, restarted, with what the server filled in', () => {
    const first = sync({ parent: agent(), related: [LLM] });
    const children = observed(first.children).map((child) => (child.kind === 'Deployment' ? changed(child) : child));
    const { deployment } = sync({ parent: agent(), children });
    expect(deployment.spec).not.toHaveProperty('replicas');
    expect(deployment.spec.progressDeadlineSeconds).toBe(600);
    expect(deployment.spec.template.spec.dnsPolicy).toBe('ClusterFirst');
    expect(deployment.spec.template.metadata).toEqual(first.deployment.spec.template.metadata);
    expect(deployment.metadata).toEqual(first.deployment.metadata);
  });

  it('D18: while it is being deleted, with a word on what keeps it', () => {
    const children = observed(sync({ parent: modelApi() }).children);
    const leaving = (finalizers: string[]) =>
      sync({ parent: modelApi({}, { deletionTimestamp: '2026-06-01T00:00:00Z', finalizers }), children });
    expect(leaving([]).status).toMatchObject({ phase: 'Pending', ready: false, message: 'It is being deleted' });
    expect(leaving(['kaos.tools/modelapi-finalizer'])).toMatchObject({
      kinds: ['ConfigMap', 'Deployment', 'Service'],
      status: { message: expect.stringContaining('finalizer kaos.tools/modelapi-finalizer keeps it: remove that') },
      conditions: { Programmed: { status: 'False', reason: 'Deleting' } },
    });
    expect(sync({ parent: modelApi(), finalizing: true }).status.message).toBe('It is being deleted');
  });
});

function changed(deployment: KubernetesObject): KubernetesObject {
  // biome-ignore lint/suspicious/noExplicitAny: tests look into children freely.
  const { template, ...spec } = deployment['spec'] as any;
  const annotations = { ...template.metadata.annotations, 'kubectl.kubernetes.io/restartedAt': 'now' };
  return {
    ...deployment,
    metadata: { ...deployment.metadata, annotations: { 'deployment.kubernetes.io/revision': '2' } },
    spec: {
      ...spec,
      replicas: 5,
      progressDeadlineSeconds: 600,
      template: {
        metadata: { ...template.metadata, annotations },
        spec: { ...template.spec, dnsPolicy: 'ClusterFirst' },
      },
    },
    status: READY,
  };
}

function byKind(children: readonly KubernetesObject[]): Record<string, KubernetesObject> {
  return Object.fromEntries(children.map((child) => [child.kind, child]));
}
