import { AgentCard } from '@a2a-js/sdk';
import { ClientFactory } from '@a2a-js/sdk/client';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { agent } from '../support/gateways.ts';
import type { Manifest } from '../support/helm.ts';
import { ticksOf } from './support/a2a-client.ts';
import { type Backend, startEcho } from './support/backends.ts';
import { chartGateway } from './support/chart-objects.ts';
import { type EnvoyGateway, GATEWAY_CLASS, startEnvoyGateway } from './support/envoy-gateway.ts';
import { backendOf, type HttpRoute, renderRoutes, routeName, toBackends } from './support/example-routes.ts';
import { freePort } from './support/processes.ts';
import { startSdkAgent } from './support/sdk-agent.ts';

const CARD = '/.well-known/agent-card.json';

/** A resource of KAOS has the name and the namespace of an Agent of the agent runtime. */
const OF_KAOS = {
  apiVersion: 'kaos.tools/v1alpha1',
  kind: 'Agent',
  metadata: { name: 'weather', namespace: 'team' },
  spec: { modelAPI: 'llm', model: 'mock' },
};
const AGENTS = [
  agent('team/weather', { url: `http://weather.team.svc.cluster.local:8000/api/v1${CARD}` }),
  agent('team/news', { url: `http://news.team.svc.cluster.local:8000${CARD}` }),
  agent('team/agent', { url: `http://called-agent.team.svc:8000${CARD}` }),
  agent('team/ticker', { url: `http://ticker.team.svc.cluster.local:8000${CARD}` }),
];
const ROUTES = await renderRoutes(
  ['--agent-routes', '-'],
  [OF_KAOS, ...AGENTS].map((object) => JSON.stringify(object)).join('\n---\n'),
);

/** The route of an AgentGateway, to which everything else goes. */
const ELSE: Manifest = {
  apiVersion: 'gateway.networking.k8s.io/v1',
  kind: 'HTTPRoute',
  metadata: { name: 'gateway', namespace: 'platform' },
  spec: {
    parentRefs: [
      { group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'kaos-gateway', namespace: 'kaos-system' },
    ],
    rules: [
      {
        matches: [{ path: { type: 'PathPrefix', value: '/' } }],
        backendRefs: [{ group: '', kind: 'Service', name: 'krakend', port: 80, weight: 1 }],
      },
    ],
  },
};

const backends: Backend[] = [];
let gateway: EnvoyGateway;

beforeAll(async () => {
  const port = await freePort();
  const objects = await Promise.all([ELSE as HttpRoute, ...ROUTES].map(withBackend));
  gateway = await startEnvoyGateway([chartGateway(GATEWAY_CLASS, port), ...objects.flat()], port);
}, 180_000);

afterAll(() => Promise.all([gateway?.stop(), ...backends.map(({ stop }) => stop())]));

async function withBackend(route: HttpRoute): Promise<Manifest[]> {
  const isTicker = routeName(route) === 'team/a2a.ticker';
  // The card in which this agent names its address is not asked for here.
  const backend = await (isTicker ? startSdkAgent('http://unused') : startEcho(routeName(route)));
  backends.push(backend);
  return [toBackends(route), backendOf(route, { host: '127.0.0.1', port: backend.port })];
}

async function ask(method: string, path: string): Promise<unknown> {
  const body = method === 'POST' ? { body: '{}', headers: { 'content-type': 'application/json' } } : {};
  const response = await fetch(`${gateway.url}${path}`, { method, ...body });
  return response.json();
}

describe.concurrent('a call of an agent', () => {
  it.each([
    ['/team/weather', 'team/a2a.weather', '/api/v1'],
    ['/team/weather?a=1', 'team/a2a.weather', '/api/v1?a=1'],
    ['/team/news', 'team/a2a.news', '/'],
    ['/team/news?a=1', 'team/a2a.news', '/?a=1'],
    ['/team/agent', 'team/a2a.agent', '/'],
  ])('goes straight to it, at its own path: POST %s', async (path, backend, url) => {
    expect(await ask('POST', path)).toEqual({ backend, url });
  });
});

describe.concurrent('everything else', () => {
  it.each([
    ['GET', '/team/weather'],
    ['PUT', '/team/weather'],
    ['POST', '/team/weather/'],
    ['POST', '/team/weather/api/v1'],
    ['POST', '/team/weather2'],
    ['POST', '/Team/weather'],
    ['POST', '/weather'],
    ['POST', '/other/weather'],
    ['GET', `/team/weather${CARD}`],
    ['GET', `/team/news${CARD}`],
    ['GET', '/models'],
    ['POST', '/chat/completions'],
    ['POST', '/'],
  ])('goes to the gateway, unchanged: %s %s', async (method, url) => {
    expect(await ask(method, url)).toEqual({ backend: 'platform/gateway', url });
  });

  it.each([
    ['GET', '/team/agent/weather', '/'],
    ['POST', '/team/agent/weather', '/'],
    ['POST', '/team/agent/weather/v1/chat/completions', '/v1/chat/completions'],
  ])('of a KAOS Agent of the same name goes to that Agent: %s %s', async (method, path, url) => {
    expect(await ask(method, path)).toEqual({ backend: 'team/agent-weather', url });
  });
});

describe.concurrent('a stream', () => {
  it('of 20 s is not cut, and each event arrives before the next is sent', async () => {
    const card = AgentCard.fromJSON({
      name: 'ticker',
      supportedInterfaces: [{ url: `${gateway.url}/team/ticker`, protocolBinding: 'JSONRPC', protocolVersion: '1.0' }],
      capabilities: { streaming: true },
    });
    const client = await new ClientFactory().createFromAgentCard(card);
    const events = await ticksOf(client, 20);
    expect(events).toHaveLength(20);
    expect(events.filter(({ arrived }, index) => arrived >= (events[index + 1]?.sent ?? Infinity))).toEqual([]);
    expect((events.at(-1)?.sent ?? 0) - (events[0]?.sent ?? 0)).toBeGreaterThan(18_900);
  });
});

describe('the gateway', () => {
  it.each(ROUTES.map(routeName))('reports that %s is accepted and its references are resolved', async (route) => {
    const { parents } = await vi.waitUntil(() => gateway.routeStatus(route), 10_000);
    const conditions = parents.flatMap((parent) => parent.conditions.map(({ type, status }) => [type, status]));
    expect(Object.fromEntries(conditions)).toEqual({ Accepted: 'True', ResolvedRefs: 'True' });
  });
});
