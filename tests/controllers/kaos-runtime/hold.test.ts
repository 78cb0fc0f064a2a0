import { describe, expect, it } from 'vitest';
import { child, type KubernetesObject } from '../../support/gateways.ts';
import {
  agent,
  GATEWAY_ON,
  mcpServer,
  memoryStore,
  modelApi,
  observed,
  READY,
  ready,
  registry,
  related,
  type Scene,
  sync,
} from '../../support/kaos.ts';

const LLM = ready(modelApi());

/** Running resources, and changes after which they can no longer be generated, or not yet. */
const CASES: readonly (readonly [string, Scene, Omit<Scene, 'parent'> & { parent?: KubernetesObject }, string])[] = [
  [
    'a ModelAPI that is not ready',
    { parent: agent(), related: [LLM] },
    { related: [ready(modelApi(), 'llm', false)] },
    'Waiting',
  ],
  ['a ModelAPI that no longer exists', { parent: agent(), related: [LLM] }, { related: [] }, 'Waiting'],
  [
    'D30: a ModelAPI that no longer has the model',
    { parent: agent(), related: [LLM] },
    { related: [ready(modelApi({ proxyConfig: { models: ['other'] } }))] },
    'Failed',
  ],
  [
    'an MCPServer that no longer exists',
    { parent: agent({ mcpServers: ['calc'] }), related: [LLM, ready(mcpServer())] },
    { related: [LLM] },
    'Waiting',
  ],
  [
    'D15: an image that is no longer set',
    { parent: agent(), related: [LLM] },
    { settings: { DEFAULT_AGENT_IMAGE: '' } },
    'Failed',
  ],
  [
    'a configYaml that is not valid',
    { parent: modelApi() },
    { parent: modelApi({ proxyConfig: { models: ['a'], configYaml: { fromString: 'a: [' } } }) },
    'Failed',
  ],
  [
    'a ModelAPI of a MemoryStore that no longer exists',
    { parent: memoryStore(), related: [LLM] },
    { related: [] },
    'Pending',
  ],
  [
    'storage of a MemoryStore that is not complete',
    { parent: memoryStore(), related: [LLM] },
    { parent: memoryStore({ storage: { type: 'external' } }) },
    'Failed',
  ],
  ['a registry that no longer exists', { parent: mcpServer(), related: [registry()] }, { related: [] }, 'Failed'],
  [
    'D15: a registry that cannot be read',
    { parent: mcpServer(), related: [registry()] },
    { related: [registry('runtimes: [')] },
    'Failed',
  ],
];

describe('a running resource keeps running', () => {
  it.each(CASES)('with %s', (_case, before, change, phase) => {
    const first = sync(before);
    const children = observed(first.children);
    expect(sync({ ...before, children }).status).toMatchObject({ phase: 'Ready', ready: true });
    const { status, children: kept } = sync({ ...before, ...change, children });
    expect(byKind(kept)).toEqual(byKind(first.children));
    expect(status).toMatchObject({ phase, ready: false, deployment: { readyReplicas: 1 } });
    expect(status.endpoint).toBe(sync(before).status.endpoint);
  });

  it.each(CASES)('but one without children gets none, with %s', (_case, before, change, phase) => {
    const { reply, kinds, status } = sync({ ...before, ...change });
    expect({ outcome: reply.outcome, kinds, phase: status.phase }).toEqual({ outcome: 'release', kinds: [], phase });
    expect(status).not.toHaveProperty('endpoint');
  });

  it('D14: but is never reported as ready while it waits or has failed', () => {
    const parent = { ...agent(), status: { ready: true, phase: 'Ready', endpoint: 'http://old' } };
    const children = observed(sync({ parent, related: [LLM] }).children);
    expect(sync({ parent, children }).status).toMatchObject({ phase: 'Waiting', ready: false });
    const related = [ready(modelApi({ proxyConfig: { models: ['other'] } }))];
    expect(sync({ parent, children, related }).status).toMatchObject({ phase: 'Failed', ready: false });
  });

  it('with the changes of others: scaled, restarted, with the defaults of the API server', () => {
    const first = sync({ parent: agent(), related: [LLM] });
    const children = observed(first.children).map((child) => (child.kind === 'Deployment' ? changed(child) : child));
    const { deployment } = sync({ parent: agent(), children });
    expect(deployment.spec).not.toHaveProperty('replicas');
    expect(deployment.spec.progressDeadlineSeconds).toBe(600);
    expect(deployment.spec.template.spec.dnsPolicy).toBe('ClusterFirst');
    expect(deployment.spec.template.metadata).toEqual(first.deployment.spec.template.metadata);
    expect(deployment.metadata).toEqual(first.deployment.metadata);
  });

  describe('as it was last answered, under dynamic apply,', () => {
    const first = sync({ parent: agent(), related: [LLM] });
    const applied = observed(first.children).map((child) => withLastApplied(child));

    it('without the fields that others have added, so that these stay theirs', () => {
      const { children } = sync({ parent: agent(), children: applied.map(injected) });
      expect(byKind(children)).toEqual(byKind(first.children));
    });

    it.each<[string, (child: KubernetesObject) => KubernetesObject]>([
      ['changed by hand', (child) => withImage(child, 'by-hand:1')],
      [
        'server-side applied since, so that the annotation is outdated',
        (child) => withLastApplied(withImage(child, 'old:1'), child),
      ],
      ['annotated with invalid JSON', (child) => annotated(child, '{')],
      ['annotated with JSON that is not an object', (child) => annotated(child, 'null')],
    ])('but as observed if it was %s', (_case, change) => {
      const children = applied.map((each) => (each.kind === 'Deployment' ? change(each) : each));
      const deployment = child(children, 'Deployment');
      expect(sync({ parent: agent(), children }).container.image).toBe(
        deployment.spec.template.spec.containers[0].image,
      );
    });
  });

  it('D18: while it is being deleted, and the status names the finalizer that keeps it', () => {
    const children = observed(sync({ parent: modelApi() }).children);
    const leaving = (finalizers: string[]) =>
      sync({ parent: modelApi({}, { deletionTimestamp: '2026-06-01T00:00:00Z', finalizers }), children });
    expect(leaving([]).status).toMatchObject({
      phase: 'Pending',
      ready: false,
      message: 'The resource is being deleted',
    });
    expect(leaving(['kaos.tools/modelapi-finalizer'])).toMatchObject({
      kinds: ['ConfigMap', 'Deployment', 'Service'],
      status: { message: expect.stringContaining('finalizer kaos.tools/modelapi-finalizer remains; remove it') },
      conditions: { Programmed: { status: 'False', reason: 'Deleting' } },
    });
    expect(sync({ parent: modelApi(), finalizing: true }).status.message).toBe('The resource is being deleted');
  });
});

describe('a resource without a spec, which the CRDs allow,', () => {
  it.each<[string, Scene, string, string]>([
    ['Agent', { parent: agent(), related: [LLM] }, 'Waiting', 'ModelAPI  not found'],
    ['ModelAPI', { parent: modelApi() }, 'Failed', 'spec.mode is not set; expected Proxy or Hosted'],
    [
      'MCPServer',
      { parent: mcpServer(), related: [registry()] },
      'Failed',
      'Failed to construct Deployment: unknown runtime:  (not found in registry); ConfigMap kaos-system/kaos-mcp-runtimes has "python-string", "kubernetes", "slack"; add it there, or set spec.runtime to "custom" with spec.container.image',
    ],
  ])('is held like one with empty references: %s', (_kind, scene, phase, message) => {
    const parent = { ...withoutSpec(scene.parent), status: { ready: true } };
    expect(sync({ ...scene, parent })).toMatchObject({ kinds: [], status: { phase, ready: false, message } });
    const running = sync(scene).children;
    const { status, children } = sync({ ...scene, parent, children: observed(running) });
    expect(status).toMatchObject({ phase, ready: false, message });
    expect(byKind(children)).toEqual(byKind(running));
    expect(related(parent, GATEWAY_ON).map(({ resource }) => resource)).toContain('deployments');
  });

  it('makes an Agent wait for it, and has no models', () => {
    const llm = ready(withoutSpec(modelApi()), 'llm', false);
    expect(sync({ parent: agent(), related: [llm] }).status).toMatchObject({
      phase: 'Waiting',
      message: 'ModelAPI is not ready',
    });
    expect(sync({ parent: agent({ waitForDependencies: false }), related: [llm] }).status.message).toBe(
      'model "openai/gpt" not supported by ModelAPI "llm" (supported: [])',
    );
  });
});

function withoutSpec(object: KubernetesObject): KubernetesObject {
  const { spec: _spec, ...others }: KubernetesObject = object;
  return others as KubernetesObject;
}

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

/** With Metacontroller's record of the last applied configuration, of this object or of `child`. */
function withLastApplied(child: KubernetesObject, onto = child): KubernetesObject {
  const { apiVersion, kind, metadata, spec, data } = child;
  const { name, namespace, labels } = metadata;
  return annotated(
    onto,
    JSON.stringify({ apiVersion, kind, metadata: { name, namespace, labels, annotations: null }, spec, data }),
  );
}

function annotated(child: KubernetesObject, text: string): KubernetesObject {
  const annotations = { 'metacontroller.k8s.io/last-applied-configuration': text };
  return { ...child, metadata: { ...child.metadata, annotations } };
}

// biome-ignore lint/suspicious/noExplicitAny: tests change children freely.
function withImage(child: any, image: string): KubernetesObject {
  const changed = structuredClone(child);
  changed.spec.template.spec.containers[0].image = image;
  return changed;
}

/** Adds what admission webhooks and people add: a variable, labels, an annotation of the pods and a field of the Deployment. */
// biome-ignore lint/suspicious/noExplicitAny: tests change children freely.
function injected(child: any): KubernetesObject {
  const changed = structuredClone(child);
  changed.metadata.labels['example.com/team'] = 'a';
  if (changed.kind === 'Deployment') {
    const { template } = changed.spec;
    template.metadata.annotations['example.com/injected'] = 'true';
    template.spec.containers[0].env.unshift({ name: 'INJECTED', value: '1' });
    changed.spec.revisionHistoryLimit = 2;
  }
  return changed;
}
