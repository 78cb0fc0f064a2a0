import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { Manifest } from '../support/helm.ts';
import { read } from './support/api.ts';
import { install, ours } from './support/crds.ts';
import { type Engine, startEngine } from './support/engine.ts';
import { withMetacontroller } from './support/metacontroller.ts';
import { applyWithStatus, change, list, makeNamespaces } from './support/objects.ts';

const PATIENCE = { timeout: 90_000, interval: 250 };
const TEAM = { namespace: 'team', name: 'a' };
const model = { modelAPI: 'llm', model: 'm' };
const of = (kind: string, spec: object): Manifest => ({
  apiVersion: 'kaos.tools/v1alpha1',
  kind,
  metadata: TEAM,
  spec,
});
const AGENT = of('Agent', model);
const STORE = of('MemoryStore', { storage: { type: 'local' }, models: { summarization: model, embedding: model } });
const route = (name: string): Manifest => ({
  apiVersion: 'gateway.networking.k8s.io/v1',
  kind: 'HTTPRoute',
  metadata: { namespace: 'team', name },
});
const CONTROLLER: Manifest = {
  apiVersion: 'metacontroller.k8s.io/v1alpha1',
  kind: 'DecoratorController',
  metadata: { name: 'kaos-routes' },
};

// UPSTREAM_DATA has the CRDs of KAOS 0.1.4, which has no MemoryStore.
withMetacontroller.describe('in a cluster with KAOS 0.1.4', { timeout: 300_000 }, () => {
  let engine: Engine;
  const api = () => engine.cluster.api;
  const errors = async () =>
    (await list(api(), 'v1', 'events'))
      .filter(({ reason }) => reason === 'CreateError')
      .map(({ message }) => String(message));

  beforeAll(async () => {
    engine = await startEngine('server-side-apply');
    await makeNamespaces(api(), ['team']);
    await applyWithStatus(api(), [AGENT]);
  }, 300_000);
  afterAll(() => engine?.stop());

  it('an Agent gets its route', async () => {
    await vi.waitFor(async () => expect(await read(api(), route('agent-a'))).toBeDefined(), PATIENCE);
    expect(await errors()).toEqual([]);
  });

  it('Metacontroller stops the whole controller if it names MemoryStores', async () => {
    await nameMemoryStores();
    const missing = expect.stringContaining('can\'t find resource "memorystores"');
    await vi.waitFor(async () => expect(await errors()).toContainEqual(missing), PATIENCE);
    await applyWithStatus(api(), [{ ...AGENT, metadata: { ...TEAM, name: 'later' } }]);
    await sleep(5000);
    expect(await read(api(), route('agent-later'))).toBeUndefined();
    expect(await read(api(), route('agent-a'))).toBeDefined();
  });

  it('and starts it when the kind is there', async () => {
    await install(api(), ours('kaos-crds'));
    await applyWithStatus(api(), [STORE]);
    for (const name of ['agent-later', 'memorystore-a']) {
      await vi.waitFor(async () => expect(await read(api(), route(name))).toBeDefined(), PATIENCE);
    }
  });

  /** As the chart does in a cluster with KAOS 0.8. */
  async function nameMemoryStores(): Promise<void> {
    const stored = await read(api(), CONTROLLER);
    const { resources } = (stored?.['spec'] ?? { resources: [] }) as { readonly resources: readonly object[] };
    const more = { apiVersion: 'kaos.tools/v1alpha1', resource: 'memorystores', ignoreStatusChanges: true };
    await change(api(), CONTROLLER, { spec: { resources: [...resources, more] } });
  }
});
