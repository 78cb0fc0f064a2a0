import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Manifest } from '../support/helm.ts';
import { KAOS_CARD_PATH } from './support/a2a-client.ts';
import { chartGateway } from './support/chart-objects.ts';
import { type EnvoyGateway, GATEWAY_CLASS, startEnvoyGateway } from './support/envoy-gateway.ts';
import { backendOf, type HttpRoute, routesOf, toBackends } from './support/example-routes.ts';
import { agentImage, liteLlmImage, ORDERS_IMAGE, ordersImage } from './support/kaos-images.ts';
import {
  agentPod,
  CALLS,
  CONVERSATIONS,
  converse,
  DESCRIPTION,
  isAgent,
  podAddress,
  renderTeam,
  SECRET,
  tell,
} from './support/kaos-team.ts';
import { type Image, type Pod, podsOf, runPod } from './support/pods.ts';
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

const running = new Map<Pod, Running>();
let provider: Provider;
let proxy: ServiceProxy;
let gateway: EnvoyGateway;

beforeAll(async () => {
  provider = await startProvider();
  proxy = await startServiceProxy(serviceTable(byServices, pods));
  const throughProxy = agentImage({ NODE_USE_ENV_PROXY: '1', HTTP_PROXY: `http://127.0.0.1:${proxy.port}` });
  await Promise.all([
    ...pods.map((pod) => run(pod, byServices, throughProxy)),
    // These agents have no proxy, so they cannot reach a Service.
    ...podsAtGateway.filter(isAgent).map((pod) => run(pod, byGateway, agentImage({}))),
    startGateway(),
  ]);
}, 240_000);

afterAll(() => Promise.all([gateway, proxy, provider, ...running.values()].map((started) => started?.stop())));

describe.each([
  { how: 'through Services', team: pods },
  { how: 'through the Gateway', team: podsAtGateway },
])('a team that calls $how', ({ team }) => {
  it.each(team.map((pod) => [pod.name, pod] as const))('answers the probes of %s', async (_name, pod) => {
    const { livenessProbe, readinessProbe } = pod.container;
    const answered = await Promise.all([livenessProbe, readinessProbe].map((probe) => isAnswered(pod, probe)));
    expect(answered).toEqual([true, true]);
  });

  it.each(CONVERSATIONS)('lets %s, told "%s", answer "%s"', async (agent, text, answer) => {
    expect(await tell(agent, team, text)).toBe(answer);
  });

  it('shows texts of the manifests unchanged in the cards', async () => {
    const response = await fetch(`${podAddress(agentPod('night-desk', team))}${KAOS_CARD_PATH}`);
    expect(await response.json()).toMatchObject({ name: 'night-desk', description: DESCRIPTION });
  });
});

describe('a team that calls through Services', () => {
  it('calls only the Services that its variables name', async () => {
    await converse(pods);
    const hosts = CALLS.map(([, name]) => serviceHost({ name, namespace: 'support' }, 8000));
    expect(proxy.called()).toEqual([...new Set(hosts)].sort());
    // Envoy would have set a request ID.
    expect(new Set(callsBetween(pods).map(({ requestId }) => requestId))).toEqual(new Set([undefined]));
  });

  it('waits for a slow peer', async () => {
    expect(await tell('auditor', pods, 'ask night-desk wait 5')).toBe('night-desk waited 5 s');
  });

  it('calls the provider with the key in the Secret', async () => {
    await tell('desk', pods, 'model why');
    expect(provider.credentials()).toEqual([`Bearer ${SECRET.stringData['api-key']}`]);
  });
});

describe('a team that calls through the Gateway', () => {
  it('differs only in the Deployments of its Agents', () => {
    const others = (objects: readonly Manifest[]) => objects.filter((object) => !isAgentDeployment(object));
    expect(others(byGateway)).toEqual(others(byServices));
    expect(byGateway).not.toEqual(byServices);
  });

  // Envoy writes lines of its access log some seconds late.
  it('sends each call through Envoy to the right pod', { timeout: 90_000 }, async () => {
    await converse(podsAtGateway);
    const expected = CALLS.map(([caller, service]) => {
      const route = service.replace('mcpserver-', 'mcp-');
      return `${caller} by httproute/support/${route} to ${podsAtGateway.find(({ name }) => name === service)?.ip}:8000`;
    });
    const heard = callsBetween(podsAtGateway);
    expect(heard.length).toBeGreaterThan(0);
    await vi.waitFor(() => {
      const ids = new Set(gateway.calls().map((call) => call['x-request-id']));
      expect(heard.filter(({ requestId }) => !ids.has(requestId ?? ''))).toEqual([]);
      expect(callsAtGateway()).toEqual(expected);
    }, 30_000);
  });

  it('gets a 504 if a call takes longer than the timeout of the peer', async () => {
    const start = performance.now();
    expect(await tell('auditor', podsAtGateway, 'ask night-desk wait 8')).toMatch(/^auditor failed: .*\b504\b/);
    const seconds = (performance.now() - start) / 1000;
    expect(seconds).toBeGreaterThan(2.5);
    expect(seconds).toBeLessThan(6);
  });

  it('calls its peers through the Gateway even if their cards name another address', async () => {
    const card = await fetch(`http://127.0.0.1:${gatewayPort}/support/agent/desk${KAOS_CARD_PATH}`);
    expect(await card.json()).toMatchObject({ name: 'desk', supportedInterfaces: [{ url: 'http://localhost:8000' }] });
    expect(await tell('researcher', podsAtGateway, 'ask desk hello')).toBe('desk heard hello');
  });
});

async function run(pod: Pod, objects: readonly Manifest[], agent: (ip: string) => Image): Promise<void> {
  const images = { 'kaos-agent': agent, litellm: liteLlmImage(provider.port), [ORDERS_IMAGE]: ordersImage };
  running.set(pod, await runPod(pod, { images, objects: [...objects, SECRET] }));
}

async function startGateway(): Promise<void> {
  const table = serviceTable(byGateway, podsAtGateway);
  const routed = routesOf(byGateway).flatMap((route) => [toBackends(route), backendOf(route, backendIn(table, route))]);
  gateway = await startEnvoyGateway([chartGateway(GATEWAY_CLASS, gatewayPort), ...routed], gatewayPort);
}

/** The address to which the Service of a route leads. */
function backendIn(table: ReturnType<typeof serviceTable>, { metadata, spec }: HttpRoute) {
  const [backend] = spec.rules[0]?.backendRefs ?? [];
  const host = serviceHost({ name: backend?.name ?? '', namespace: metadata.namespace }, backend?.port ?? 0);
  const listening = table.get(host);
  if (listening === undefined) {
    throw new Error(`${metadata.name}: no Service is ${host}, only ${[...table.keys()]}`);
  }
  return listening;
}

function isAgentDeployment({ kind, metadata }: Manifest): boolean {
  return kind === 'Deployment' && metadata.name.startsWith('agent-');
}

/** The Agents that called, with the route and the pod that Envoy called for them, each combination once. */
function callsAtGateway(): string[] {
  const names = agentNames(podsAtGateway);
  const calls = gateway.calls().filter((call) => names.includes(call['user-agent']));
  const told = calls.map((call) => {
    const [route] = call.route_name.split('/rule/');
    return `${call['user-agent']} by ${route} to ${call.upstream_host}`;
  });
  return [...new Set(told)].sort();
}

interface Heard {
  readonly caller: string;
  readonly requestId?: string;
}

/** The calls that these agents got from each other. */
function callsBetween(team: readonly Pod[]): readonly Heard[] {
  const lines = team.filter(isAgent).flatMap((pod) => running.get(pod)?.log().trim().split('\n') ?? []);
  return lines.map((line): Heard => JSON.parse(line)).filter(({ caller }) => agentNames(team).includes(caller));
}

function agentNames(team: readonly Pod[]): readonly string[] {
  return team.map(({ labels }) => labels['agent'] ?? '');
}
