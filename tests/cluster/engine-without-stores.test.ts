import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { Manifest } from '../support/helm.ts';
import { read, remove } from './support/api.ts';
import { install, ours } from './support/crds.ts';
import { type Engine, startEngine } from './support/engine.ts';
import { kaosResource } from './support/kaos-resource.ts';
import { STRATEGIES, withMetacontroller } from './support/metacontroller.ts';
import { applyWithStatus, list } from './support/objects.ts';

const PATIENCE = { timeout: 120_000, interval: 250 };
const ON = { 'kaosRuntime.enabled': 'true' };

const model = { modelAPI: 'llm', model: 'openai/gpt-4o' };
const MODEL = kaosResource('ModelAPI', 'llm', { mode: 'Proxy', proxyConfig: { models: ['openai/*'] } });
const HELPER = kaosResource('Agent', 'helper', model);
const bound = (name: string) => kaosResource('Agent', name, { ...model, config: { memory: { memoryStore: 'notes' } } });
const LEAD = bound('lead');
const ROUTE: Manifest = {
  apiVersion: 'gateway.networking.k8s.io/v1',
  kind: 'HTTPRoute',
  metadata: { namespace: 'team', name: 'agent-lead' },
};
const DEGRADED = expect.objectContaining({ type: 'MemoryDegraded', status: 'True' });
const STORE = kaosResource('MemoryStore', 'notes', {
  storage: { type: 'external', external: { connectionSecretRef: { name: 'db', key: 'dsn' } } },
  models: { summarization: model, embedding: model },
});

const [STORES, ...OTHERS] = ours('kaos-crds').sort((a, b) => Number(isStores(b)) - Number(isStores(a))) as [
  Manifest,
  ...Manifest[],
];

function isStores({ metadata }: Manifest): boolean {
  return metadata.name === 'memorystores.kaos.tools';
}

withMetacontroller.describe.for(STRATEGIES)(
  'a cluster without MemoryStores, with %s',
  { timeout: 300_000 },
  (strategy) => {
    let engine: Engine;
    const api = () => engine.cluster.api;
    const status = async (object: Manifest) => (await read(api(), object))?.['status'];
    const becomes = (object: Manifest, expected: object) =>
      vi.waitFor(async () => expect(await status(object)).toMatchObject(expected), PATIENCE);

    beforeAll(async () => {
      engine = await startEngine(strategy);
      await install(api(), OTHERS);
    }, 300_000);
    afterAll(() => engine?.stop());

    it('leaves an Agent that names one without a status if the service asks for the kind, and runs the others', async () => {
      await engine.deploy(ON, { KAOS_RUNTIME_HAS_MEMORY_STORES: 'true' });
      await applyWithStatus(api(), [MODEL, LEAD, HELPER]);
      await becomes(HELPER, { phase: 'Ready' });
      const error = { reason: 'SyncError', message: expect.stringContaining('memorystores') };
      await vi.waitFor(
        async () => expect(await list(api(), 'v1', 'events')).toContainEqual(expect.objectContaining(error)),
        PATIENCE,
      );
      expect(await status(LEAD)).toBeUndefined();
    });

    it('tells the Agent what is missing, and gives it a route', async () => {
      // An upgrade of the chart changes the URLs too. Then Metacontroller forgets what the Agent asked for.
      await engine.deploy({ ...ON, 'metacontroller.revision': 'second' });
      await becomes(LEAD, {
        phase: 'Waiting',
        message: expect.stringContaining('MemoryStore notes not found, because the cluster does not have the kind; '),
      });
      await vi.waitFor(async () => expect(await read(api(), ROUTE)).toBeDefined(), PATIENCE);
    });

    it('runs the Agent once the kind, an upgrade and the store are there', async () => {
      await install(api(), [STORES]);
      await engine.deploy(ON);
      await becomes(LEAD, { phase: 'Waiting', message: 'MemoryStore notes not found' });
      await applyWithStatus(api(), [STORE]);
      await becomes(STORE, { phase: 'Ready' });
      await becomes(LEAD, { phase: 'Ready' });
    });

    it('goes on if the kind is removed while Metacontroller runs', async () => {
      await remove(api(), STORES);
      await becomes(LEAD, { phase: 'Ready', conditions: expect.arrayContaining([DEGRADED]) });
      const late = bound('late');
      await applyWithStatus(api(), [late]);
      await becomes(late, { phase: 'Waiting', message: 'MemoryStore notes not found' });
    });
  },
);
