import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { agent } from '../support/gateways.ts';
import type { Manifest } from '../support/helm.ts';
import { read, remove, type Stored } from './support/api.ts';
import { type Engine, startEngine } from './support/engine.ts';
import { renderRoutes } from './support/example-routes.ts';
import { STRATEGIES, withMetacontroller } from './support/metacontroller.ts';
import { applyWithStatus, change, changeStatus, create, list } from './support/objects.ts';
import { QUIET_SECONDS } from './support/quiet.ts';
import { differences } from './support/rendered.ts';
import { activity, settle } from './support/settled.ts';

const PATIENCE = { timeout: 60_000, interval: 250 };
const VALUES = { 'agentRoutes.enabled': 'true', 'kaosRoutes.enabled': 'false' };

const CARD = '/.well-known/agent-card.json';
const at = (name: string) => `http://${name}.team.svc.cluster.local:8000${CARD}`;
const made = (name: string, more = {}) => {
  const { apiVersion, kind, spec, status } = agent(`team/${name}`, { url: at(name), ...more });
  const needed = { framework: 'custom', image: 'example/agent:1', protocols: [{ type: 'A2A', port: 8000 }] };
  return { apiVersion, kind, metadata: { name, namespace: 'team' }, spec: { ...needed, ...(spec as object) }, status };
};
const AGENTS: readonly Manifest[] = [made('news'), made('weather'), made('foreign', { url: 'http://example.com' })];
const [NEWS = made('news'), WEATHER = made('weather')] = AGENTS;

const route = (name: string): Manifest => ({
  apiVersion: 'gateway.networking.k8s.io/v1',
  kind: 'HTTPRoute',
  metadata: { namespace: 'team', name },
});
const rendered = (agents: readonly Manifest[]) =>
  renderRoutes(['--agent-routes', '-'], agents.map((each) => JSON.stringify(each)).join('\n---\n'));

withMetacontroller.describe.for(STRATEGIES)('agent-routes with %s', { timeout: 300_000 }, (strategy) => {
  let engine: Engine;
  const api = () => engine.cluster.api;
  const routes = async () =>
    (await list(api(), 'gateway.networking.k8s.io/v1', 'httproutes')).map(({ metadata }) => metadata.name).sort();
  const isAsRendered = async (agents: readonly Manifest[]) => {
    const expected = await rendered(agents);
    await vi.waitFor(async () => {
      expect(await differences(api(), expected)).toEqual([]);
      expect(await routes()).toEqual(expected.map(({ metadata }) => metadata.name));
    }, PATIENCE);
  };

  beforeAll(async () => {
    engine = await startEngine(strategy, { values: VALUES });
  }, 300_000);
  afterAll(() => engine?.stop());

  it('makes the routes as render prints them', async () => {
    await applyWithStatus(api(), AGENTS);
    await isAsRendered(AGENTS);
    expect(await routes()).toEqual(['a2a.news', 'a2a.weather']);
  });

  it('follows the address that the agent runtime writes, and what is exposed', async () => {
    const moved = made('news', { url: `http://another.team.svc.cluster.local:9000/a2a${CARD}` });
    await changeStatus(api(), NEWS, moved.status as object);
    await isAsRendered([moved, WEATHER]);
    await change(api(), WEATHER, { spec: { exposed: false } });
    await isAsRendered([moved]);
    await change(api(), WEATHER, { spec: { exposed: true } });
    await changeStatus(api(), NEWS, { url: at('news') });
    await isAsRendered(AGENTS);
  });

  it('repairs a route that others change, and creates a deleted one again', async () => {
    await settle(engine);
    await change(api(), route('a2a.news'), { spec: { rules: null } });
    await remove(api(), route('a2a.weather'));
    await isAsRendered(AGENTS);
  });

  it('makes no calls and no writes if nothing changes', async () => {
    const before = await settle(engine);
    await sleep(QUIET_SECONDS * 1000);
    expect(await activity(engine)).toEqual(before);
  });

  it('writes nothing when a gateway accepts a route', async () => {
    const before = await settle(engine);
    const conditions = [
      { type: 'Accepted', status: 'True', reason: 'Accepted', message: '', lastTransitionTime: '2026-01-01T00:00:00Z' },
    ];
    const parent = { parentRef: { name: 'kaos-gateway' }, controllerName: 'example.com/gateways', conditions };
    await changeStatus(api(), route('a2a.news'), { parents: [parent] });
    expect((await settle(engine)).writes).toEqual(before.writes);
  });

  it('keeps the HTTPRoute of others that has the name', async () => {
    const spec = { rules: [{ backendRefs: [{ name: 'shop', port: 80 }] }] };
    const foreign = await create(api(), { ...route('a2a.taken'), spec }, 'kubectl-create');
    await applyWithStatus(api(), [made('taken')]);
    await settle(engine, 3);
    expect(await read(api(), route('a2a.taken'))).toEqual(foreign);
    await remove(api(), made('taken'));
    await sleep(2000);
    expect(await read(api(), route('a2a.taken'))).toEqual(foreign);
    await remove(api(), foreign as Stored);
  });

  it('leaves nothing of deleted Agents, and needs only the rights that the chart gives', async () => {
    await Promise.all(AGENTS.map((each) => remove(api(), each)));
    await vi.waitFor(async () => expect(await routes()).toEqual([]), PATIENCE);
    expect(engine.log()).toContain('agent-routes');
    expect(
      engine
        .log()
        .split('\n')
        .filter((line) => /forbidden/i.test(line) && !line.includes('taken')),
    ).toEqual([]);
  });
});
