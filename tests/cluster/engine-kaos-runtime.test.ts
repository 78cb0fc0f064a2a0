import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { Manifest } from '../support/helm.ts';
import { read, remove, type Stored } from './support/api.ts';
import { install, ours } from './support/crds.ts';
import { type Engine, startEngine } from './support/engine.ts';
import { kaosResource } from './support/kaos-resource.ts';
import { STRATEGIES, withMetacontroller } from './support/metacontroller.ts';
import { applyWithStatus, change, changeStatus } from './support/objects.ts';
import { QUIET_SECONDS } from './support/quiet.ts';
import { activity, settle } from './support/settled.ts';

const PATIENCE = { timeout: 120_000, interval: 250 };

const MODEL = kaosResource('ModelAPI', 'llm', { mode: 'Proxy', proxyConfig: { models: ['openai/*'] } });
const TOOLS = kaosResource('MCPServer', 'tools', { runtime: 'custom', container: { image: 'example/tools:1' } });
const AGENT = kaosResource('Agent', 'lead', { modelAPI: 'llm', model: 'openai/gpt-4o', mcpServers: ['tools'] });
const LISTENER_STATUS = { name: 'http', attachedRoutes: 2, supportedKinds: [], conditions: [] };
const GATEWAY_STATUS = { addresses: [{ type: 'IPAddress', value: '192.0.2.10' }], listeners: [LISTENER_STATUS] };
const GATEWAY: Manifest = {
  apiVersion: 'gateway.networking.k8s.io/v1',
  kind: 'Gateway',
  metadata: { namespace: 'kaos-system', name: 'kaos-gateway' },
  spec: { gatewayClassName: 'any', listeners: [{ name: 'http', port: 80, protocol: 'HTTP' }] },
  status: GATEWAY_STATUS,
};
const WORKLOADS = ['agent-lead', 'modelapi-llm', 'mcpserver-tools'].flatMap((name) => [
  { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { namespace: 'team', name } },
  { apiVersion: 'v1', kind: 'Service', metadata: { namespace: 'team', name } },
]);
const [DEPLOYMENT, SERVICE] = WORKLOADS as [Manifest, Manifest];

withMetacontroller.describe.for(STRATEGIES)('the KAOS runtime, with %s', { timeout: 300_000 }, (strategy) => {
  let engine: Engine;
  const api = () => engine.cluster.api;
  const stored = async (object: Manifest) => (await read(api(), object)) as Stored;
  const status = async () => ((await stored(AGENT))['status'] ?? {}) as Record<string, unknown>;
  const becomes = (expected: object) =>
    vi.waitFor(async () => expect(await status()).toMatchObject(expected), PATIENCE);

  beforeAll(async () => {
    engine = await startEngine(strategy, { values: { 'kaosRuntime.enabled': 'true' } });
    await install(api(), ours('kaos-crds'));
  }, 300_000);
  afterAll(() => engine?.stop());

  it('lets an Agent without its model wait, and runs it once all that it needs is ready', async () => {
    await applyWithStatus(api(), [AGENT]);
    await becomes({ phase: 'Waiting', ready: false, message: 'ModelAPI llm not found' });
    expect(await read(api(), DEPLOYMENT)).toBeUndefined();
    await applyWithStatus(api(), [MODEL]);
    await becomes({ phase: 'Waiting', message: 'MCPServer tools not found' });
    await applyWithStatus(api(), [TOOLS]);
    await becomes({ phase: 'Waiting', ready: false, message: 'MCPServer tools is not ready' });
    await becomes({ phase: 'Ready', ready: true, endpoint: 'http://agent-lead.team.svc.cluster.local:8000' });
    expect(JSON.stringify(await stored(DEPLOYMENT))).toContain('http://modelapi-llm.team.svc.cluster.local:8000');
  });

  it.each([
    ['model', MODEL, 'ModelAPI llm not found'],
    ['MCP server', TOOLS, 'MCPServer tools not found'],
  ])(
    'keeps the pods of an Agent whose %s is deleted, and calls it not ready until that is back',
    async (_, object, message) => {
      const [deployment, service] = [await stored(DEPLOYMENT), await stored(SERVICE)];
      await remove(api(), object);
      await becomes({ phase: 'Waiting', ready: false, message });
      await sleep(2000);
      // Dynamic apply stores the answer in an annotation, and that alone changes the generation of a Deployment.
      for (const was of [deployment, service]) {
        expect(await stored(was)).toMatchObject({ metadata: { uid: was.metadata.uid }, spec: was['spec'] });
      }
      await applyWithStatus(api(), [object]);
      await becomes({ phase: 'Ready', ready: true });
      expect(await stored(DEPLOYMENT)).toMatchObject({
        metadata: { uid: deployment.metadata.uid },
        spec: deployment['spec'],
      });
    },
  );

  it('shows the address of the Gateway, and is not called again for the routes that the Gateway counts', async () => {
    await applyWithStatus(api(), [GATEWAY]);
    await becomes({ gatewayAddress: 'http://192.0.2.10/team/agent/lead' });
    const before = await settle(engine);
    await changeStatus(api(), GATEWAY, { ...GATEWAY_STATUS, listeners: [{ ...LISTENER_STATUS, attachedRoutes: 3 }] });
    const { calls, writes } = await settle(engine);
    const counted = 'gateway-address sync 200';
    expect(calls).toEqual({ ...before.calls, [counted]: (before.calls[counted] ?? 0) + 1 });
    expect(writes).toEqual(before.writes);
  });

  it('keeps replicas that someone else sets', async () => {
    await change(api(), DEPLOYMENT, { spec: { replicas: 3 } });
    await change(api(), AGENT, { spec: { config: { description: 'changed' } } });
    await vi.waitFor(async () => {
      expect(JSON.stringify(await stored(DEPLOYMENT))).toContain('"value":"changed"');
      expect(await status()).toMatchObject({ message: 'Deployment ready replicas: 3/3' });
    }, PATIENCE);
  });

  it('deletes the Service of an Agent that is no longer exposed', async () => {
    await change(api(), AGENT, { spec: { agentNetwork: { expose: false } } });
    await vi.waitFor(async () => expect(await read(api(), SERVICE)).toBeUndefined(), PATIENCE);
    await change(api(), AGENT, { spec: { agentNetwork: { expose: true } } });
    await vi.waitFor(async () => expect(await read(api(), SERVICE)).toBeDefined(), PATIENCE);
  });

  it('causes no calls and no writes if nothing changes', async () => {
    const before = await settle(engine);
    await sleep(QUIET_SECONDS * 1000);
    expect(await activity(engine)).toEqual(before);
  });

  it('leaves nothing of deleted resources, and needs only the rights that the chart gives', async () => {
    await Promise.all([AGENT, MODEL, TOOLS].map((parent) => remove(api(), parent)));
    await vi.waitFor(async () => {
      expect(await Promise.all(WORKLOADS.map((object) => read(api(), object)))).toEqual(WORKLOADS.map(() => undefined));
    }, PATIENCE);
    expect(
      engine
        .log()
        .split('\n')
        .filter((line) => /forbidden/i.test(line)),
    ).toEqual([]);
  });
});
