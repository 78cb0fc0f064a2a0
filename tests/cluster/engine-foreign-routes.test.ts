import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { Manifest } from '../support/helm.ts';
import { read, remove, type Stored } from './support/api.ts';
import { install, ours } from './support/crds.ts';
import { type Engine, startEngine } from './support/engine.ts';
import { STRATEGIES, withMetacontroller } from './support/metacontroller.ts';
import { applyWithStatus, change, create, list, makeNamespaces } from './support/objects.ts';

const PATIENCE = { timeout: 60_000, interval: 250 };
const SAYS = 'HTTPRoute team/agent-taken already exists, but this resource does not control it';

const agent = (name: string): Manifest => ({
  apiVersion: 'kaos.tools/v1alpha1',
  kind: 'Agent',
  metadata: { namespace: 'team', name },
  spec: { modelAPI: 'llm', model: 'openai/gpt-4o' },
});

/** The route of a user who knows nothing of KAOS. */
const FOREIGN: Manifest = {
  apiVersion: 'gateway.networking.k8s.io/v1',
  kind: 'HTTPRoute',
  metadata: { namespace: 'team', name: 'agent-taken' },
  spec: { rules: [{ backendRefs: [{ name: 'shop', port: 80 }] }] },
};
const ROUTE = { ...FOREIGN, metadata: { namespace: 'team', name: 'agent-free' } };

withMetacontroller.describe.for(STRATEGIES)('an HTTPRoute of others, with %s', { timeout: 300_000 }, (strategy) => {
  let engine: Engine;
  let foreign: Stored;
  const api = () => engine.cluster.api;
  const events = async () =>
    (await list(api(), 'v1', 'events'))
      .filter((event) => (event['involvedObject'] as Manifest['metadata']).name === 'taken')
      .map((event) => String(event['message']));

  beforeAll(async () => {
    engine = await startEngine(strategy);
    await install(api(), ours('kaos-crds'));
    await makeNamespaces(api(), ['team']);
    foreign = await create(api(), FOREIGN, 'kubectl-create');
    await applyWithStatus(api(), [agent('taken'), agent('free')]);
    await vi.waitFor(async () => expect(await read(api(), ROUTE)).toBeDefined(), PATIENCE);
  }, 300_000);
  afterAll(() => engine?.stop());

  // Under dynamic apply Metacontroller leaves an object that it does not recognise unchanged, and says nothing.
  it(`stays as it is, and ${strategy === 'dynamic-apply' ? 'no' : 'an'} event of the resource says so`, async () => {
    const expected = strategy === 'dynamic-apply' ? [] : [expect.stringContaining(SAYS)];
    await sleep(3000);
    await vi.waitFor(async () => expect(await events()).toEqual(expected), PATIENCE);
    expect(await read(api(), FOREIGN)).toEqual(foreign);
  });

  it('is in the status of the resource if this service runs it', async () => {
    await engine.deploy({ 'kaosRuntime.enabled': 'true' });
    await vi.waitFor(async () => {
      expect(await read(api(), agent('taken'))).toMatchObject({
        status: {
          conditions: expect.arrayContaining([
            expect.objectContaining({
              type: 'RouteAccepted',
              status: 'False',
              reason: 'NameConflict',
              message: expect.stringContaining(SAYS),
            }),
          ]),
        },
      });
    }, PATIENCE);
    expect(await read(api(), FOREIGN)).toEqual(foreign);
  });

  it('stays if the resource is deleted', async () => {
    await remove(api(), agent('taken'));
    await vi.waitFor(async () => expect(await read(api(), agent('taken'))).toBeUndefined(), PATIENCE);
    await sleep(2000);
    expect(await read(api(), FOREIGN)).toEqual(foreign);
  });

  it('makes room for the route of the resource when it is gone', async () => {
    await applyWithStatus(api(), [agent('taken')]);
    await remove(api(), FOREIGN);
    await change(api(), agent('taken'), { metadata: { labels: { again: 'yes' } } });
    await vi.waitFor(async () => {
      expect(JSON.stringify(await read(api(), FOREIGN))).toContain('/team/agent/taken');
    }, PATIENCE);
  });
});
