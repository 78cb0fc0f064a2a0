import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { Manifest } from '../support/helm.ts';
import { read, remove, type Stored } from './support/api.ts';
import { install, ours } from './support/crds.ts';
import { type Engine, startEngine } from './support/engine.ts';
import { kaosResource } from './support/kaos-resource.ts';
import { STRATEGIES, withMetacontroller } from './support/metacontroller.ts';
import { applyWithStatus, change, list } from './support/objects.ts';
import { QUIET_SECONDS } from './support/quiet.ts';
import { activity, settle } from './support/settled.ts';

const PATIENCE = { timeout: 120_000, interval: 250 };

const child = (apiVersion: string, kind: string, name: string): Manifest => ({
  apiVersion,
  kind,
  metadata: { namespace: 'team', name },
});
const model = { modelAPI: 'llm', model: 'openai/gpt-4o' };
const MODEL = kaosResource('ModelAPI', 'llm', { mode: 'Proxy', proxyConfig: { models: ['openai/*'] } });
const AGENT = kaosResource('Agent', 'lead', { ...model, config: { memory: { memoryStore: 'notes' } } });
const STORE = kaosResource('MemoryStore', 'notes', {
  storage: { type: 'local', local: { persistentVolume: { size: '1Gi' } } },
  models: { summarization: model, embedding: model },
});
const ENDPOINT = 'http://memorystore-notes.team.svc.cluster.local:8080';
// No volume is provided here, so pods with this claim do not start, and nothing takes the claim's finalizer away.
const CLAIM = child('v1', 'PersistentVolumeClaim', 'memorystore-notes-data');
const CHILDREN = [
  CLAIM,
  child('apps/v1', 'Deployment', 'memorystore-notes'),
  child('v1', 'Service', 'memorystore-notes'),
  child('gateway.networking.k8s.io/v1', 'HTTPRoute', 'memorystore-notes'),
];
const DEPLOYMENT = child('apps/v1', 'Deployment', 'agent-lead');
const EXTERNAL = { type: 'external', local: null, external: { connectionSecretRef: { name: 'db', key: 'dsn' } } };

withMetacontroller.describe.for(STRATEGIES)('a MemoryStore, with %s', { timeout: 300_000 }, (strategy) => {
  let engine: Engine;
  const api = () => engine.cluster.api;
  const stored = async (object: Manifest) => (await read(api(), object)) as Stored;
  const becomes = (object: Manifest, status: object) =>
    vi.waitFor(async () => expect((await stored(object))['status']).toMatchObject(status), PATIENCE);
  const degraded = (status: string, message: string) => {
    const condition = expect.objectContaining({ type: 'MemoryDegraded', status, message });
    return becomes(AGENT, { conditions: expect.arrayContaining([condition]) });
  };
  /** The Agent's pods: their template, and how often it has changed. */
  const pods = async () => {
    const { metadata, spec } = await stored(DEPLOYMENT);
    const revision = metadata.annotations?.['deployment.kubernetes.io/revision'];
    return { revision, template: (spec as { readonly template: object }).template };
  };

  beforeAll(async () => {
    engine = await startEngine(strategy);
    await install(api(), ours('kaos-crds'));
    await engine.deploy({ 'kaosRuntime.enabled': 'true' });
  }, 300_000);
  afterAll(() => engine?.stop());

  it('may come after its Agents, lets a new one wait for it, and waits for its model itself', async () => {
    await applyWithStatus(api(), [AGENT]);
    await becomes(AGENT, { phase: 'Waiting', message: 'ModelAPI llm not found' });
    await degraded('True', 'MemoryStore notes not found');
    await applyWithStatus(api(), [STORE]);
    await degraded('True', 'MemoryStore notes is not ready');
    await becomes(STORE, { phase: 'Pending', message: 'summarization ModelAPI "llm" not found' });
    await applyWithStatus(api(), [MODEL]);
    await becomes(STORE, { phase: 'Pending', endpoint: ENDPOINT });
    expect(await Promise.all(CHILDREN.map(stored))).not.toContain(undefined);
    await becomes(AGENT, { phase: 'Waiting', message: 'MemoryStore notes is not ready' });
  });

  it('causes no calls and no writes if nothing changes', async () => {
    const before = await settle(engine);
    await sleep(QUIET_SECONDS * 1000);
    expect(await activity(engine)).toEqual(before);
  });

  it('keeps its claim when the size in the spec and then the storage change', async () => {
    const before = await stored(CLAIM);
    await change(api(), STORE, { spec: { storage: { local: { persistentVolume: { size: '2Gi' } } } } });
    const accepted = expect.objectContaining({ type: 'Accepted', reason: 'NoEffect' });
    await becomes(STORE, { conditions: expect.arrayContaining([accepted]) });
    await change(api(), STORE, { spec: { storage: EXTERNAL } });
    const deployment = child('apps/v1', 'Deployment', 'memorystore-notes');
    await vi.waitFor(async () => expect(JSON.stringify(await stored(deployment))).toContain('EXTERNAL_DSN'), PATIENCE);
    await settle(engine);
    expect(await stored(CLAIM)).toMatchObject({ metadata: { uid: before.metadata.uid }, spec: before['spec'] });
  });

  it('tells its address to the Agent once it is ready, which it is without a volume', async () => {
    await becomes(STORE, { phase: 'Ready', ready: true });
    await becomes(AGENT, { phase: 'Ready', linkedResources: { memorystore: 'notes' } });
    expect(JSON.stringify(await stored(DEPLOYMENT))).toContain(ENDPOINT);
  });

  it('rolls no pods of the Agent when it is not ready for a while', async () => {
    const before = await pods();
    const own = (await list(api(), 'v1', 'pods')).filter(({ metadata }) => metadata.name.startsWith('memorystore-'));
    await Promise.all(own.map((pod) => remove(api(), pod)));
    await degraded('True', 'MemoryStore notes is not ready');
    await degraded('False', 'MemoryStore notes is ready');
    await settle(engine);
    expect(await pods()).toEqual(before);
  });

  it('rolls none when it is deleted and made again', async () => {
    const before = await pods();
    await remove(api(), STORE);
    await degraded('True', 'MemoryStore notes not found');
    await settle(engine, 2);
    expect(await pods()).toEqual(before);
    const { local: _local, ...storage } = EXTERNAL;
    await applyWithStatus(api(), [{ ...STORE, spec: { ...(STORE['spec'] as object), storage } }]);
    await degraded('False', 'MemoryStore notes is ready');
    await settle(engine);
    expect(await pods()).toEqual(before);
  });

  it('leaves nothing when it is deleted, and needs only the rights that the chart gives', async () => {
    await Promise.all([AGENT, STORE, MODEL].map((parent) => remove(api(), parent)));
    await vi.waitFor(async () => {
      const left = await Promise.all(CHILDREN.map(stored));
      expect(left.filter((object) => object !== undefined && !('deletionTimestamp' in object.metadata))).toEqual([]);
    }, PATIENCE);
    expect(engine.log()).not.toMatch(/forbidden.*(persistentvolumeclaims|poddisruptionbudgets|memorystores)/i);
  });
});
