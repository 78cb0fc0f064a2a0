import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Manifest } from '../support/helm.ts';
import { kaosSamples } from '../support/kaos-samples.ts';
import { withUpstream } from '../support/upstream.ts';
import { type Api, apply, mustApply } from './support/api.ts';
import { refusals } from './support/complaints.ts';
import { type ControlPlane, startControlPlane } from './support/control-plane.ts';
import { install, ours } from './support/crds.ts';

const NAMESPACE = 'kaos-crds';

function agent(memory: object): Manifest {
  return object('Agent', { modelAPI: 'llm', model: 'm', config: { memory } });
}

const model = { modelAPI: 'llm', model: 'm' };
const STORE = { storage: { type: 'local' }, models: { summarization: model, embedding: model } };
const external = { connectionSecretRef: { name: 'database', key: 'dsn' } };

function store(spec: object): Manifest {
  return object('MemoryStore', { ...STORE, ...spec });
}

function object(kind: string, spec: object): Manifest {
  return { apiVersion: 'kaos.tools/v1alpha1', kind, metadata: { name: 'x', namespace: NAMESPACE }, spec };
}

describe('our CRDs of KAOS', () => {
  let cluster: ControlPlane;
  beforeAll(async () => {
    cluster = await startControlPlane();
    await install(cluster.api, ours('kaos-crds'));
    await mustApply(cluster.api, [{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: NAMESPACE } }]);
  }, 180_000);
  afterAll(() => cluster?.stop());

  it.each([
    agent({}),
    agent({ enabled: false }),
    agent({ type: 'local', maxReadScope: 'session' }),
    agent({ memoryStore: 's', maxReadScope: 'user', tools: 'all' }),
    agent({ type: 'remote', memoryStore: 's' }),
    agent({ type: 'local', contextLimit: 6, maxSessions: 10, maxSessionEvents: 500 }),
    store({}),
    store({ replicas: 1, shortTerm: { tokenBudget: 2 } }),
    store({ storage: { type: 'external', external }, replicas: 3 }),
    store({ shortTerm: { tokenBudget: 100 }, mediumTerm: { compactionTrigger: 80, compactionTarget: 0 } }),
    store({ mediumTerm: { compactionTrigger: 4096, compactionTarget: 4095 } }),
  ])('accept %j', async (accepted) => {
    expect(refusals(accepted, await tried(cluster.api, accepted))).toEqual([]);
  });

  it.each([
    [agent({ type: 'remote' }), 'memoryStore is required if type is remote'],
    [agent({ type: 'remote', memoryStore: '' }), 'memoryStore is required if type is remote'],
    [agent({ type: 'local', memoryStore: 's' }), 'memoryStore is not allowed if type is local'],
    [agent({ tools: 'read' }), 'tools needs a memoryStore'],
    [agent({ maxReadScope: 'agent' }), 'maxReadScope agent or user needs a memoryStore'],
    [agent({ maxReadScope: 'user' }), 'maxReadScope agent or user needs a memoryStore'],
    [store({ storage: { type: 'external' } }), 'external is required if type is external'],
    [store({ replicas: 2 }), 'replicas must be 1 or unset if storage.type is local'],
    [store({ shortTerm: { tokenBudget: 1 } }), 'compactionTarget must be less than compactionTrigger'],
    [store({ mediumTerm: { compactionTrigger: 4097 } }), 'compactionTarget must be less than compactionTrigger'],
    [store({ mediumTerm: { compactionTrigger: 2048 } }), 'compactionTarget must be less than compactionTrigger'],
    [store({ mediumTerm: { compactionTarget: 4096 } }), 'compactionTarget must be less than compactionTrigger'],
  ])('refuse %j', async (refused, message) => {
    expect(await tried(cluster.api, refused)).toMatchObject({
      outcome: 'refused',
      message: expect.stringContaining(message),
    });
  });

  describe.each(kaosSamples())('and the sample $name of KAOS 0.8', ({ objects }) => {
    withUpstream(objects).it('fit, and a second apply changes nothing', async () => {
      for (const sample of (objects ?? []).map(inNamespace)) {
        const first = await apply(cluster.api, sample);
        expect(refusals(sample, first)).toEqual([]);
        const second = await apply(cluster.api, sample);
        expect(versionOf(second)).toBe(versionOf(first));
      }
    });
  });
});

function tried(api: Api, manifest: Manifest) {
  return apply(api, manifest, { dryRun: true });
}

function inNamespace(manifest: Manifest): Manifest {
  return { ...manifest, metadata: { ...manifest.metadata, namespace: NAMESPACE } };
}

function versionOf(applied: Awaited<ReturnType<typeof apply>>): string | undefined {
  return applied.outcome === 'accepted' ? applied.object.metadata.resourceVersion : undefined;
}
