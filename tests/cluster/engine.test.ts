import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { Manifest } from '../support/helm.ts';
import { runNode } from '../support/run.ts';
import { exampleFiles, exampleObjects } from './support/answers.ts';
import { read, remove, type Stored } from './support/api.ts';
import { install, ours } from './support/crds.ts';
import { type Engine, startEngine } from './support/engine.ts';
import { STRATEGIES, withMetacontroller } from './support/metacontroller.ts';
import { applyWithStatus, change, list } from './support/objects.ts';
import { QUIET_SECONDS } from './support/quiet.ts';
import { differences } from './support/rendered.ts';
import { activity, settle } from './support/settled.ts';

const PATIENCE = { timeout: 120_000, interval: 250 };

const EXAMPLES = exampleFiles.flatMap(exampleObjects);
const RENDERED: Manifest[] = JSON.parse(
  (await runNode(['webhooks/command/main.ts', 'render', '--output', 'json', 'examples'])).stdout,
).items;

const AGENT_SPEC = { modelAPI: 'llm', model: 'openai/gpt-4o' };
const PARENTS = [
  ['kaos.tools/v1alpha1', 'agents'],
  ['kaos.tools/v1alpha1', 'modelapis'],
  ['kaos.tools/v1alpha1', 'mcpservers'],
  ['kaos.tools/v1alpha1', 'memorystores'],
  ['runtime.agentic-layer.ai/v1alpha1', 'agents'],
  ['runtime.agentic-layer.ai/v1alpha1', 'agentgateways'],
] as const;
const CHILDREN = [
  ['gateway.networking.k8s.io/v1', 'httproutes'],
  ['v1', 'configmaps'],
  ['v1', 'services'],
  ['apps/v1', 'deployments'],
  ['policy/v1', 'poddisruptionbudgets'],
] as const;

/** Objects of users in the examples whose kind is also the kind of a child. */
const GIVEN = EXAMPLES.filter(({ kind }) => kind === 'ConfigMap').map(
  ({ kind, metadata }) => `${kind} ${metadata.namespace}/${metadata.name}`,
);

/** A timeout in the spec of a route, but not in a record of what was applied. */
const TIMEOUT = /"timeouts":\{"request":"(\w+)"\}/g;
const CLASS_NAME = 'class';
const gatewayClass = (...features: string[]) => ({
  apiVersion: 'gateway.networking.k8s.io/v1',
  kind: 'GatewayClass',
  metadata: { name: CLASS_NAME },
  spec: { controllerName: 'example.com/gateways' },
  status: { supportedFeatures: features.map((name) => ({ name })) },
});

const kaosAgent = (name: string) => object('kaos.tools/v1alpha1', 'Agent', 'research', name);
const route = (name: string) => object('gateway.networking.k8s.io/v1', 'HTTPRoute', 'research', name);
const GATEWAY = object('runtime.agentic-layer.ai/v1alpha1', 'AgentGateway', 'agents', 'agent-gateway');
const DEPLOYMENT = object('apps/v1', 'Deployment', 'agents', 'agent-gateway');
const BUDGET = object('policy/v1', 'PodDisruptionBudget', 'agents', 'agent-gateway');
const SERVICE = object('v1', 'Service', 'agents', 'agent-gateway');
const CONFIG_MAP = object('v1', 'ConfigMap', 'agents', 'agent-gateway-krakend-config');

withMetacontroller.describe.for(STRATEGIES)('Metacontroller with %s', { timeout: 300_000 }, (strategy) => {
  let engine: Engine;
  const api = () => engine.cluster.api;
  const stored = async (of: Manifest) => (await read(api(), of)) as Stored;
  const routes = async () => (await list(api(), 'gateway.networking.k8s.io/v1', 'httproutes')).map(nameOf).sort();
  const routeUids = async () =>
    (await list(api(), 'gateway.networking.k8s.io/v1', 'httproutes')).map(({ metadata }) => metadata.uid);
  const timeoutsOfRoutes = async () =>
    [...JSON.stringify(await list(api(), 'gateway.networking.k8s.io/v1', 'httproutes')).matchAll(TIMEOUT)].map(
      ([, timeout]) => timeout,
    );
  const isAsRendered = () => vi.waitFor(async () => expect(await differences(api(), RENDERED)).toEqual([]), PATIENCE);

  beforeAll(async () => {
    engine = await startEngine(strategy);
    // The examples have MemoryStores, and the chart names that kind only if the cluster has it.
    await install(api(), ours('kaos-crds'));
    await engine.deploy();
  }, 300_000);
  afterAll(() => engine?.stop());

  it('creates the children of the examples as render prints them', async () => {
    await applyWithStatus(api(), EXAMPLES);
    await isAsRendered();
    expect(await routes()).toEqual(
      RENDERED.filter(({ kind }) => kind === 'HTTPRoute')
        .map(nameOf)
        .sort(),
    );
  });

  it('reports when a gateway serves its configuration', async () => {
    await vi.waitFor(async () => {
      expect(conditionsOf(await stored(GATEWAY))).toEqual({
        Accepted: 'True',
        ResolvedRefs: 'False',
        Programmed: 'True',
      });
    }, PATIENCE);
  });

  it('follows changes of parents', async () => {
    await change(api(), kaosAgent('lead'), { spec: { gatewayRoute: { timeout: '77s' } } });
    await change(api(), GATEWAY, { spec: { replicas: 2, env: [{ name: 'COLOUR', value: 'blue' }] } });
    await vi.waitFor(async () => {
      expect(JSON.stringify(await stored(route('agent-lead')))).toContain('"timeouts":{"request":"77s"}');
      expect(await stored(DEPLOYMENT)).toMatchObject({ spec: { replicas: 2 }, status: { readyReplicas: 2 } });
      expect(JSON.stringify(await stored(DEPLOYMENT))).toContain('{"name":"COLOUR","value":"blue"}');
    }, PATIENCE);
    await change(api(), kaosAgent('lead'), { spec: { gatewayRoute: null } });
    await change(api(), GATEWAY, { spec: { replicas: 1, env: null } });
    await isAsRendered();
    expect(JSON.stringify(await stored(DEPLOYMENT))).not.toContain('COLOUR');
  });

  it('makes a budget for several pods, and leaves their number to others if an annotation says so', async () => {
    const replicas = async () => (await stored(DEPLOYMENT))['spec'] as { readonly replicas: number };
    const annotate = (value: string | null) =>
      change(api(), GATEWAY, { metadata: { annotations: { 'agent-gateway-hooks/autoscaled': value } } });
    await change(api(), GATEWAY, { spec: { replicas: 3 } });
    await vi.waitFor(async () => expect(await read(api(), BUDGET)).toBeDefined(), PATIENCE);
    // The annotation keeps the number that Metacontroller has seen.
    await settle(engine);
    await annotate('true');
    await settle(engine);
    expect(await replicas()).toMatchObject({ replicas: 3 });
    await change(api(), DEPLOYMENT, { spec: { replicas: 2 } });
    await settle(engine);
    expect(await replicas()).toMatchObject({ replicas: 2 });
    const others = {
      ...object('policy/v1', 'PodDisruptionBudget', 'agents', 'mine'),
      spec: { maxUnavailable: 1, selector: {} },
    };
    await applyWithStatus(api(), [others]);
    await vi.waitFor(async () => expect(await read(api(), BUDGET)).toBeUndefined(), PATIENCE);
    await remove(api(), others);
    await vi.waitFor(async () => expect(await read(api(), BUDGET)).toBeDefined(), PATIENCE);
    await annotate(null);
    await change(api(), GATEWAY, { spec: { replicas: 1 } });
    await isAsRendered();
    await vi.waitFor(async () => expect(await read(api(), BUDGET)).toBeUndefined(), PATIENCE);
  });

  it('repairs children that others change, and creates deleted ones again', async () => {
    await settle(engine);
    await change(api(), route('agent-lead'), { spec: { rules: null } });
    await change(api(), CONFIG_MAP, { data: { 'krakend.json': '{}' } });
    await change(api(), DEPLOYMENT, { spec: { replicas: 3 } });
    await remove(api(), route('mcp-calc'));
    await remove(api(), SERVICE);
    await isAsRendered();
  });

  it('removes what is no longer exposed', async () => {
    const a2aAgent = object('runtime.agentic-layer.ai/v1alpha1', 'Agent', 'team-b', 'news');
    const endpoint = async () => JSON.stringify(await stored(CONFIG_MAP)).includes('/team-b/news');
    expect(await endpoint()).toBe(true);
    await change(api(), kaosAgent('lead'), { spec: { agentNetwork: { expose: false } } });
    await change(api(), a2aAgent, { spec: { exposed: false } });
    await vi.waitFor(async () => {
      expect(await read(api(), route('agent-lead'))).toBeUndefined();
      expect(await endpoint()).toBe(false);
    }, PATIENCE);
    await change(api(), kaosAgent('lead'), { spec: { agentNetwork: { expose: true } } });
    await change(api(), a2aAgent, { spec: { exposed: true } });
    await isAsRendered();
  });

  it('removes all routes but those of AgentGateways when the Gateway API is disabled, and creates them again when it is enabled', async () => {
    await engine.deploy({ 'gatewayAPI.enabled': 'false' });
    // Without the Gateway API the chart names no HTTPRoute among the children of AgentGateways, so theirs stay: docs/uninstall.md.
    await vi.waitFor(async () => expect(await routes()).toEqual(['counter', 'public-gateway']), PATIENCE);
    await engine.deploy();
    await isAsRendered();
  });

  it('leaves timeouts out while the class of the Gateway does not support them', async () => {
    await applyWithStatus(api(), [gatewayClass('Gateway', 'HTTPRoute')]);
    await engine.deploy({ 'gatewayAPI.gatewayClassName': CLASS_NAME });
    await vi.waitFor(async () => expect(await timeoutsOfRoutes()).toEqual([]), PATIENCE);
    await applyWithStatus(api(), [gatewayClass('Gateway', 'HTTPRoute', 'HTTPRouteRequestTimeout')]);
    await isAsRendered();
    expect(await timeoutsOfRoutes()).toContain('120s');
    await engine.deploy();
    await isAsRendered();
  });

  it('leaves all children unchanged while the service is down, and catches up when it is back', async () => {
    await settle(engine);
    const before = { routes: await routes(), deployment: await stored(DEPLOYMENT) };
    const uids = await routeUids();
    const late = Array.from({ length: 20 }, (_, index) => ({ ...kaosAgent(`late-${index}`), spec: AGENT_SPEC }));
    await engine.hooks().kill();
    await applyWithStatus(api(), late);
    await change(api(), kaosAgent('helper'), { spec: { agentNetwork: { expose: true } } });
    await change(api(), GATEWAY, { spec: { replicas: 2 } });
    await sleep(3000);
    expect({ routes: await routes(), deployment: await stored(DEPLOYMENT) }).toEqual(before);
    await engine.restart();
    await vi.waitFor(async () => {
      expect(await routes()).toEqual(
        expect.arrayContaining(['agent-helper', ...late.map((agent) => `agent-${nameOf(agent)}`)]),
      );
      expect(await stored(DEPLOYMENT)).toMatchObject({ spec: { replicas: 2 }, status: { readyReplicas: 2 } });
    }, PATIENCE);
    // No route was deleted and created again.
    expect(await routeUids()).toEqual(expect.arrayContaining(uids));
  });

  it('makes no calls and no writes if nothing changes', async () => {
    const before = await settle(engine);
    const versions = await allVersions();
    await sleep(QUIET_SECONDS * 1000);
    expect({ activity: await activity(engine), versions: await allVersions() }).toEqual({ activity: before, versions });
  });

  it('writes nothing when it syncs every parent again', async () => {
    const before = await settle(engine);
    await engine.deploy({ 'metacontroller.revision': 'again' });
    const after = await settle(engine);
    expect(withoutEvents(after.writes)).toEqual(withoutEvents(before.writes));
    expect(after.calls).toMatchObject({ 'kaos-routes sync 200': (await parents('kaos.tools')).length });
  });

  it('leaves nothing of deleted parents', async () => {
    const all = await parents('');
    expect(all.length).toBeGreaterThan(0);
    await Promise.all(all.map((parent) => remove(api(), parent)));
    await vi.waitFor(async () => expect(Object.keys(await allVersions())).toEqual(GIVEN), PATIENCE);
  });

  it('needs only the rights that the chart gives', () => {
    expect(engine.log()).toContain('kaos-routes');
    expect(linesAbout(/forbidden/i, engine.log())).toEqual([]);
  });

  async function parents(group: string): Promise<Stored[]> {
    const kinds = PARENTS.filter(([apiVersion]) => apiVersion.startsWith(group));
    return (await Promise.all(kinds.map(([apiVersion, resource]) => list(api(), apiVersion, resource)))).flat();
  }

  /** The resourceVersions of all parents and children. */
  async function allVersions(): Promise<Record<string, string>> {
    const lists = await Promise.all([...PARENTS, ...CHILDREN].map(([group, resource]) => list(api(), group, resource)));
    return Object.fromEntries(
      lists
        .flat()
        .filter(isOfTests)
        .map(({ kind, metadata }) => [`${kind} ${metadata.namespace}/${metadata.name}`, metadata.resourceVersion]),
    );
  }
});

function object(apiVersion: string, kind: string, namespace: string, name: string): Manifest {
  return { apiVersion, kind, metadata: { namespace, name } };
}

function nameOf({ metadata }: Manifest): string {
  return metadata.name;
}

interface Condition {
  readonly type: string;
  readonly status: string;
}

function conditionsOf({ status }: Stored): Record<string, string> {
  const { conditions = [] } = (status ?? {}) as { readonly conditions?: readonly Condition[] };
  return Object.fromEntries(conditions.map(({ type, status: value }) => [type, value]));
}

/** Whether an object comes from these tests, and not from the cluster itself. */
function isOfTests({ metadata: { namespace = '' } }: Manifest): boolean {
  return namespace !== 'default' && !namespace.startsWith('kube-');
}

function linesAbout(what: RegExp, log: string): string[] {
  return log.split('\n').filter((line) => what.test(line));
}

/** All writes except Events, which Metacontroller writes when it stops and starts a controller. */
function withoutEvents(writes: Readonly<Record<string, number>>): object {
  return Object.fromEntries(Object.entries(writes).filter(([write]) => !write.includes(' events ')));
}
