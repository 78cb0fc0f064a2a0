import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { Manifest } from '../support/helm.ts';
import { call, pathOf, read, remove, type Stored } from './support/api.ts';
import { type Engine, startEngine } from './support/engine.ts';
import { withMetacontroller } from './support/metacontroller.ts';
import { applyWithStatus, change } from './support/objects.ts';
import { QUIET_SECONDS } from './support/quiet.ts';
import { activity, settle } from './support/settled.ts';

/** How long nothing may happen if nothing has changed. */
const PATIENCE = { timeout: 60_000, interval: 250 };
const RUNTIME = 'runtime.agentic-layer.ai/v1alpha1';
const KAOS = 'kaos.tools/v1alpha1';

const GATEWAY: Manifest = {
  apiVersion: RUNTIME,
  kind: 'AgentGateway',
  metadata: { namespace: 'platform', name: 'gw' },
  spec: { agentGatewayClassName: 'krakend' },
};
const CONFIG_MAP: Manifest = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { namespace: 'platform', name: 'gw-krakend-config' },
};
const DEPLOYMENT: Manifest = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: GATEWAY.metadata };

/** An exposed agent with the address that its operator would write. */
function agent(namespace: string, name: string, url = `http://${name}.${namespace}:8000/`): Manifest {
  return {
    apiVersion: RUNTIME,
    kind: 'Agent',
    metadata: { namespace, name },
    spec: { exposed: true, framework: 'custom', image: 'example/agent:1', protocols: [{ type: 'A2A', port: 8000 }] },
    status: { url },
  };
}

withMetacontroller.describe('one tenant under Metacontroller', { timeout: 300_000 }, () => {
  let engine: Engine;
  const api = () => engine.cluster.api;
  const krakendJson = async () => JSON.stringify((await read(api(), CONFIG_MAP))?.['data'] ?? '');
  const isServed = async (id: string) => (await krakendJson()).includes(`/${id}`);
  const generation = async () => ((await read(api(), DEPLOYMENT)) as Stored).metadata.generation;
  const conditions = async () => JSON.stringify((await read(api(), GATEWAY))?.['status']);

  /** Nothing is called or written for a while. */
  async function isQuiet(): Promise<void> {
    const before = { activity: await settle(engine), generation: await generation() };
    await sleep(QUIET_SECONDS * 1000);
    expect({ activity: await activity(engine), generation: await generation() }).toEqual(before);
  }

  beforeAll(async () => {
    engine = await startEngine('server-side-apply');
    await applyWithStatus(api(), [GATEWAY, agent('victim', 'good'), agent('evil', 'one')]);
    await vi.waitFor(async () => expect(await isServed('victim/good')).toBe(true), PATIENCE);
  }, 300_000);
  afterAll(() => engine?.stop());

  it.each([997, 1010, 1024])('causes no rollouts with an address of %i characters', async (length) => {
    const start = 'http://long.evil:8000/';
    await applyWithStatus(api(), [agent('evil', 'long', `${start}${'x'.repeat(length - start.length)}`)]);
    await vi.waitFor(async () => expect(await conditions()).toContain('characters long'), PATIENCE);
    await isQuiet();
    await remove(api(), agent('evil', 'long'));
  });

  it('causes no syncs with a time in the future, and does not stop collecting', async () => {
    const forger = agent('evil', 'one');
    const stored = (await read(api(), forger)) as Stored;
    const managedFields = stored.metadata.managedFields?.map((entry) => ({ ...entry, time: '2099-01-01T00:00:00Z' }));
    const path = await pathOf(api(), forger);
    // The server keeps the times of an update only if the update changes something.
    const body = { ...stored, metadata: { ...stored.metadata, managedFields, labels: { changed: 'yes' } } };
    expect((await call(api(), 'PUT', path, { body })).status).toBe(200);
    expect(JSON.stringify(await read(api(), forger))).toContain('2099');
    await isQuiet();
    const before = (await generation()) ?? 0;
    await applyWithStatus(
      api(),
      ['a', 'b', 'c', 'd'].map((name) => agent('victim', name)),
    );
    await vi.waitFor(async () => expect(await isServed('victim/d')).toBe(true), PATIENCE);
    expect(((await generation()) ?? 0) - before).toBeLessThanOrEqual(2);
  });

  it('cannot fill the configuration of all: others are served, and withdrawn agents go', async () => {
    const many = Array.from({ length: 165 }, (_, index) =>
      agent('evil', `big-${index}`, `http://big-${index}.evil:8000/${'x'.repeat(900)}`),
    );
    await engine.deploy({ 'agentGateway.configLimitKiB': '200' });
    await applyWithStatus(api(), many);
    await applyWithStatus(api(), [agent('victim', 'late')]);
    await vi.waitFor(async () => expect(await isServed('victim/late')).toBe(true), PATIENCE);
    await change(api(), agent('victim', 'good'), { spec: { exposed: false } });
    await vi.waitFor(async () => expect(await isServed('victim/good')).toBe(false), PATIENCE);
    expect(await conditions()).toContain('AGENT_GATEWAY_CONFIG_LIMIT_KIB=200');
    await isQuiet();
    await Promise.all(many.map((each) => remove(api(), each)));
  });

  it('shares a rollout with others if it withdraws many agents one by one', async () => {
    const many = Array.from({ length: 30 }, (_, index) => agent('evil', `gone-${index}`));
    await applyWithStatus(api(), many);
    await vi.waitFor(async () => expect(await isServed('evil/gone-29')).toBe(true), PATIENCE);
    await settle(engine);
    const before = (await generation()) ?? 0;
    for (const each of many) {
      await remove(api(), each);
      await sleep(1000);
    }
    await vi.waitFor(async () => expect(await isServed('evil/gone-')).toBe(false), PATIENCE);
    expect(((await generation()) ?? 0) - before).toBeLessThanOrEqual(8);
  });

  it('does not stop the service with a large configYaml', async () => {
    const fromString = Array.from({ length: 60_000 }, (_, index) => `k${index}: 1`).join('\n');
    await engine.deploy({ 'kaosRuntime.enabled': 'true' });
    const modelApi: Manifest = {
      apiVersion: KAOS,
      kind: 'ModelAPI',
      metadata: { namespace: 'evil', name: 'yaml' },
      spec: { mode: 'Proxy', proxyConfig: { models: ['*'], configYaml: { fromString } } },
    };
    await applyWithStatus(api(), [modelApi]);
    const start = Date.now();
    await applyWithStatus(api(), [agent('victim', 'after')]);
    await vi.waitFor(async () => expect(await isServed('victim/after')).toBe(true), PATIENCE);
    expect(Date.now() - start).toBeLessThan(30_000);
    await vi.waitFor(async () => {
      expect(JSON.stringify(await read(api(), modelApi))).toContain('configYaml');
      expect(JSON.stringify((await read(api(), modelApi))?.['status'])).toContain('Failed');
    }, PATIENCE);
  });
});
