import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { Manifest } from '../support/helm.ts';
import { post } from './support/agent-calls.ts';
import { agentImage, agentPackages, memoryImage, withAgents } from './support/agent-runtime.ts';
import { chartGateway } from './support/chart-objects.ts';
import type { Environment } from './support/container-environment.ts';
import { type EnvoyGateway, GATEWAY_CLASS, startEnvoyGateway } from './support/envoy-gateway.ts';
import { backedRoutes, routesOf } from './support/example-routes.ts';
import { inParallel } from './support/in-parallel.ts';
import { liteLlmImage, ORDERS_IMAGE, ordersImage } from './support/kaos-images.ts';
import {
  agentPod,
  CALLED,
  CARD_PATH,
  CONVERSATIONS,
  converse,
  DESCRIPTION,
  isAgent,
  NAMESPACE,
  podAddress,
  renderTeam,
  SEARCH,
  SECRET,
  tell,
} from './support/kaos-team.ts';
import { obey } from './support/obedient-model.ts';
import { type Pod, podsOf, runPod } from './support/pods.ts';
import { isAnswered } from './support/probes.ts';
import { freePort, type Running } from './support/processes.ts';
import { type Provider, startProvider } from './support/provider.ts';
import { type ServiceProxy, serviceHost, serviceTable, startServiceProxy } from './support/service-network.ts';

const gatewayPort = await freePort();
const byServices = await renderTeam([]);
const byGateway = await renderTeam([
  '--gateway-api-internal-routing=true',
  `--gateway-address=http://127.0.0.1:${gatewayPort}`,
]);

/** The ModelAPIs and MCPServers are the same in both teams, so they run once. */
const pods = podsOf(byServices);
const podsAtGateway = [...pods.filter((pod) => !isAgent(pod)), ...podsOf(byGateway).filter(isAgent)];

const STORE = pods.find(({ labels }) => labels['app'] === 'memorystore') as Pod;
const PATIENCE = { timeout: 100_000, interval: 1000 };

const running = new Map<Pod, Running>();
let provider: Provider;
let proxy: ServiceProxy;
let gateway: EnvoyGateway;

beforeAll(async () => {
  if (agentPackages() === undefined) {
    return;
  }
  provider = await startProvider(obey);
  proxy = await startServiceProxy(serviceTable(byServices, pods));
  const throughProxy = { HTTP_PROXY: `http://127.0.0.1:${proxy.port}` };
  const starts = [
    startGateway,
    ...[...pods.filter((pod) => !isAgent(pod)), ...pods.filter(isAgent)].map(
      (pod) => () => run(pod, byServices, throughProxy),
    ),
    // These agents have no proxy, so they cannot reach a Service.
    ...podsAtGateway.filter(isAgent).map((pod) => () => run(pod, byGateway, {})),
  ];
  // All at once, each would take long, and give up on a busy machine.
  await inParallel(starts, 4, (start) => start());
}, 400_000);

afterAll(() => Promise.all([gateway, proxy, provider, ...running.values()].map((started) => started?.stop())));

withAgents.describe.each([
  { how: 'through Services', team: pods },
  { how: 'through the Gateway', team: podsAtGateway },
])('a team that calls $how', ({ team }) => {
  it.each(team.map((pod) => [pod.name, pod] as const))('answers the probes of %s', async (_name, pod) => {
    const { livenessProbe, readinessProbe } = pod.container;
    const answered = await Promise.all([livenessProbe, readinessProbe].map((probe) => isAnswered(pod, probe)));
    expect(answered).toEqual([true, true]);
  });

  it.each(CONVERSATIONS)('lets %s, told "%s", answer "%s"', { timeout: 60_000 }, async (agent, text, answer) => {
    expect(await tell(agent, team, text)).toBe(answer);
  });

  it('remembers a conversation', { timeout: 60_000 }, async () => {
    const [session, text] = [randomUUID(), `Shelf ${randomUUID()} is full.`];
    await tell('librarian', team, text, session);
    expect(await tell('librarian', team, 'and?', session)).toMatch(`was asked "${text}"`);
    const scope = { level: 'session', session_id: session };
    const recalled = await post(`${podAddress(STORE)}/v1/recall`, { scope, query: 'shelf' });
    expect(recalled).toMatchObject({
      short_term: { window: expect.arrayContaining([['user', text]]) },
      degraded: false,
    });
  });

  it('finds in a new conversation what was said in older ones', { timeout: 120_000 }, async () => {
    const [session, text] = [randomUUID(), `The key is in shelf ${randomUUID()}.`];
    await tell('librarian', team, text, session);
    // The store extracts what a conversation said as soon as the conversation is long, some time after it answers.
    await tell('librarian', team, 'much '.repeat(400), session);
    await vi.waitFor(
      async () => expect(await tell('librarian', team, SEARCH), running.get(STORE)?.log()).toContain(`- ${text}`),
      PATIENCE,
    );
  });

  it('has no other peers than those in the manifests', async () => {
    expect(await tell('desk', team, 'call delegate_to_auditor {"task": "hello"}')).toMatch(
      /Unknown tool name: 'delegate_to_auditor'/,
    );
  });

  it('shows texts of the manifests unchanged, peers and tools in the cards', async () => {
    const card = async (name: string) => (await fetch(`${podAddress(agentPod(name, team))}${CARD_PATH}`)).json();
    expect(await card('night-desk')).toMatchObject({ name: 'night-desk', description: DESCRIPTION });
    expect(await card('desk')).toMatchObject({ skills: [{ id: 'look_up' }, { id: 'delegate_to_researcher' }] });
  });
});

withAgents.describe('a team that calls through Services', () => {
  it('calls only the Services that its variables name', { timeout: 120_000 }, async () => {
    await converse(pods);
    const hosts = CALLED.map(([name, port]) => serviceHost({ name, namespace: NAMESPACE }, port));
    expect(proxy.called()).toEqual(hosts);
  });

  it('waits for a slow peer', { timeout: 30_000 }, async () => {
    expect(await tell('auditor', pods, 'call delegate_to_night-desk {"task": "wait 5"}')).toMatch(
      /was asked "wait 5"$/,
    );
  });

  it('has an agent that works on its goal without being asked, and again after its interval', async () => {
    const next = expect.stringMatching(/^Continue working toward the goal. This is iteration 2\./);
    await vi.waitFor(
      () => expect(provider.asked()).toEqual(expect.arrayContaining(['Count the orders.', next])),
      50_000,
    );
  });

  it('calls the provider with the key in the Secret', async () => {
    await tell('desk', pods, 'why');
    expect(provider.credentials()).toEqual([`Bearer ${SECRET.stringData['api-key']}`]);
  });
});

withAgents.describe('a team that calls through the Gateway', () => {
  it('differs only in the Deployments of its Agents', () => {
    const others = (objects: readonly Manifest[]) => objects.filter((object) => !isAgentDeployment(object));
    expect(others(byGateway)).toEqual(others(byServices));
    expect(byGateway).not.toEqual(byServices);
  });

  // Envoy writes lines of its access log some seconds late.
  it('sends each call through Envoy to the right pod', { timeout: 150_000 }, async () => {
    await converse(podsAtGateway);
    const expected = CALLED.map(([service, port]) => {
      const route = service.replace('mcpserver-', 'mcp-');
      return `httproute/support/${route} to ${podsAtGateway.find(({ name }) => name === service)?.ip}:${port}`;
    });
    await vi.waitFor(() => expect(callsAtGateway()).toEqual(expected.sort()), 30_000);
  });

  it('does not wait longer for a peer than the timeout of its route', { timeout: 60_000 }, async () => {
    const start = performance.now();
    const answer = await tell('auditor', podsAtGateway, 'call delegate_to_night-desk {"task": "wait 8"}');
    const seconds = (performance.now() - start) / 1000;
    expect(answer).toMatch(/\b504\b/);
    // The agent asks its peer once more over OpenAI's API.
    expect(seconds).toBeGreaterThan(5.5);
    expect(seconds).toBeLessThan(8);
  });

  it('has a store that answers and remembers through the Gateway', async () => {
    const at = `http://127.0.0.1:${gatewayPort}/${NAMESPACE}/memorystore/shelves`;
    const answers = await Promise.all(
      ['/healthz', '/readyz'].map(async (path) => (await fetch(`${at}${path}`)).json()),
    );
    expect(answers).toMatchObject([{ status: 'ok' }, { ready: true, stores: { short_term: true, longterm: true } }]);
    const said = { session_id: randomUUID(), agent_client_id: 'kaos://agent/support/other' };
    const turns = [{ role: 'user', content: 'Shelf 9 is full.' }];
    expect(await post(`${at}/v1/write`, { attribution: said, turns })).toMatchObject({
      accepted: true,
      degraded: false,
    });
    expect(await post(`${at}/v1/recall`, { scope: { level: 'session', ...said }, query: 'shelf' })).toMatchObject({
      short_term: { window: [['user', 'Shelf 9 is full.']] },
    });
  });

  it('calls its peers through the Gateway even if their cards name another address', async () => {
    const card = await fetch(`http://127.0.0.1:${gatewayPort}/support/agent/desk${CARD_PATH}`);
    expect(await card.json()).toMatchObject({ name: 'desk', url: 'http://localhost:8000' });
    expect(await tell('researcher', podsAtGateway, 'call delegate_to_desk {"task": "hello"}')).toMatch(/^gpt-4o, told/);
  });
});

async function run(pod: Pod, objects: readonly Manifest[], network: Environment): Promise<void> {
  const images = {
    'kaos-agent': agentImage(network),
    'kaos-memory': memoryImage(network),
    litellm: liteLlmImage(provider.port),
    [ORDERS_IMAGE]: ordersImage,
  };
  running.set(pod, await runPod(pod, { images, objects: [...objects, SECRET] }));
}

async function startGateway(): Promise<void> {
  const routed = backedRoutes(routesOf(byGateway), serviceTable(byGateway, podsAtGateway));
  gateway = await startEnvoyGateway([chartGateway(GATEWAY_CLASS, gatewayPort), ...routed], gatewayPort);
}

function isAgentDeployment({ kind, metadata }: Manifest): boolean {
  return kind === 'Deployment' && metadata.name.startsWith('agent-');
}

/** The routes by which Envoy was called and the pods that it called for them, each combination once. */
function callsAtGateway(): string[] {
  const routed = gateway.calls().filter((call) => call.route_name !== null);
  const told = routed.map((call) => `${call.route_name.split('/rule/')[0]} to ${call.upstream_host}`);
  return [...new Set(told)].sort();
}
