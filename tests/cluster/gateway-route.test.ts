import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { asking } from '../support/gateway-routes.ts';
import { agent, gatewayClass, OURS } from '../support/gateways.ts';
import type { Manifest } from '../support/helm.ts';
import { type Backend, startEcho } from './support/backends.ts';
import { chartGateway } from './support/chart-objects.ts';
import { type EnvoyGateway, GATEWAY_CLASS, startEnvoyGateway } from './support/envoy-gateway.ts';
import { backendOf, type HttpRoute, renderRoutes, routeName, toBackends } from './support/example-routes.ts';
import { callHost } from './support/host-calls.ts';
import { freePort } from './support/processes.ts';

const CARD = '/.well-known/agent-card.json';

/** Gateways with their host names. Envoy Gateway reads no times from a file, so all routes are equally old. */
const GATEWAYS = {
  'platform/front': 'agents.example.com,shared.example.com',
  'other/later': 'shared.example.com',
  'other/wide': '*.example.com',
  'other/all': '*',
} as const;

const CLUSTER = [
  gatewayClass('krakend', OURS, true),
  ...Object.entries(GATEWAYS).map(([id, hostnames]) => {
    const [namespace, name] = id.split('/');
    return asking(hostnames, {}, { namespace, name });
  }),
];

/** The routes of the gateways, and of one Agent with a host name and one without. */
const ROUTES = [
  ...(await routesOf('team/weather', '--agent-routes-hostnames=agents.example.com')),
  ...(await routesOf('team/plain')).filter((route) => routeName(route) === 'team/a2a.plain'),
];

function routesOf(id: string, ...flags: string[]): Promise<HttpRoute[]> {
  const input = [...CLUSTER, agent(id)].map((object) => JSON.stringify(object)).join('\n---\n');
  return renderRoutes(['--agent-routes', ...flags, '-'], input);
}

const backends: Backend[] = [];
let gateway: EnvoyGateway;

beforeAll(async () => {
  const port = await freePort();
  const objects = await Promise.all(ROUTES.map(withBackend));
  gateway = await startEnvoyGateway([chartGateway(GATEWAY_CLASS, port), ...objects.flat()], port);
}, 180_000);

afterAll(() => Promise.all([gateway?.stop(), ...backends.map(({ stop }) => stop())]));

async function withBackend(route: HttpRoute): Promise<Manifest[]> {
  const backend = await startEcho(routeName(route));
  backends.push(backend);
  return [toBackends(route), backendOf(route, { host: '127.0.0.1', port: backend.port })];
}

/** Which backend answers, and at which path. */
async function reached(host: string, method: string, path: string): Promise<unknown> {
  const { body } = await callHost(gateway.url, { host, method, path });
  return body;
}

describe.concurrent('a gateway behind the Gateway', () => {
  it.each([
    ['GET', '/'],
    ['GET', '/models'],
    ['POST', '/chat/completions'],
    ['GET', `/team/weather${CARD}`],
    ['POST', '/weather'],
    ['GET', `/weather${CARD}`],
    ['POST', '/team/unknown?a=1'],
  ])(
    'gets everything at its host name but calls of agents with routes of this host name: %s %s',
    async (method, url) => {
      expect(await reached('agents.example.com', method, url)).toEqual({ backend: 'platform/front', url });
    },
  );

  it('leaves calls to an agent to the route of this agent', async () => {
    const answer = { backend: 'team/a2a.weather', url: '/' };
    expect(await reached('agents.example.com', 'POST', '/team/weather')).toEqual(answer);
  });

  it('gets the calls to an agent whose route does not have the host name', async () => {
    const url = '/team/plain';
    expect(await reached('agents.example.com', 'POST', url)).toEqual({ backend: 'platform/front', url });
    expect(await reached('more.example.com', 'POST', url)).toEqual({ backend: 'other/wide', url });
    expect(await reached('10.0.0.1', 'POST', url)).toEqual({ backend: 'team/a2a.plain', url: '/' });
  });

  it.each([
    ['shared.example.com', 'other/later', 'the first of two that are equally old'],
    ['more.example.com', 'other/wide', 'the wildcard'],
    ['a.more.example.com', 'other/wide', 'the wildcard'],
    ['example.com', 'other/all', 'the route without host names'],
    ['10.0.0.1', 'other/all', 'the route without host names'],
  ])('gets calls to %s if it is %s: %s', async (host, backend) => {
    expect(await reached(host, 'GET', '/models')).toEqual({ backend, url: '/models' });
  });

  it("may take longer than the Gateway's 15 s", async () => {
    const start = performance.now();
    const path = '/slow?seconds=18';
    expect(await callHost(gateway.url, { host: 'agents.example.com', path })).toMatchObject({ status: 200 });
    expect(performance.now() - start).toBeGreaterThan(17_500);
  });
});

it.each(ROUTES.map(routeName))('the Gateway accepts %s', async (route) => {
  const { parents } = await vi.waitUntil(() => gateway.routeStatus(route), 10_000);
  const conditions = parents.flatMap((parent) => parent.conditions.map(({ type, status }) => [type, status]));
  expect(Object.fromEntries(conditions)).toMatchObject({ Accepted: 'True', ResolvedRefs: 'True' });
});
