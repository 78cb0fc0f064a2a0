import { randomUUID } from 'node:crypto';
import type { Message } from '@a2a-js/sdk';
import { type Client, ClientFactory } from '@a2a-js/sdk/client';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { saying, ticksOf } from './support/a2a-client.ts';
import { textOf } from './support/a2a-server.ts';
import { type Backend, startEcho } from './support/backends.ts';
import { chartGateway } from './support/chart-objects.ts';
import {
  type EnvoyGateway,
  GATEWAY_CLASS,
  type RouteParentStatus,
  startEnvoyGateway,
} from './support/envoy-gateway.ts';
import {
  backendOf,
  type HttpRoute,
  prefixOf,
  renderRoutes,
  routeName,
  toBackends,
  withoutTimeout,
} from './support/example-routes.ts';
import { freePort } from './support/processes.ts';
import { runPython } from './support/python.ts';
import { type LiteLlm, startLiteLlm, startMcpServer } from './support/python-backends.ts';
import { startSdkAgent } from './support/sdk-agent.ts';

/** Shorter than the defaults, so that the tests can wait for them; everything else is as users get it. */
const TIMEOUTS = ['--gateway-default-mcp-timeout=5s', '--gateway-default-modelapi-timeout=10s'];
const NEIGHBOURS = ['a', 'ab'].map((name) => ({
  apiVersion: 'kaos.tools/v1alpha1',
  kind: 'Agent',
  metadata: { name, namespace: 'ns' },
  spec: { modelAPI: 'llm', model: 'mock' },
}));
const RENDERED = await renderRoutes(
  [...TIMEOUTS, 'examples', '-'],
  NEIGHBOURS.map((neighbour) => JSON.stringify(neighbour)).join('\n---\n'),
);
/** Those of KAOS. The route of an AgentGateway takes all paths of its host names: gateway-route.test.ts. */
const ROUTES = RENDERED.filter((route) => prefixOf(route) !== '/');

const CARD = '/.well-known/agent-card.json';
const KEY = `sk-${randomUUID()}`;
const REAL_BACKENDS: Readonly<Record<string, (publicUrl: string) => Promise<Backend>>> = {
  'research/agent-lead': (publicUrl) => startSdkAgent(publicUrl),
  'research/mcp-calc': () => startMcpServer(),
  'research/modelapi-llm': async () => {
    liteLlm = await startLiteLlm(KEY, 'an answer');
    return liteLlm;
  },
};
const ECHOED = ROUTES.filter((route) => !(routeName(route) in REAL_BACKENDS));

const backends: Backend[] = [];
let gateway: EnvoyGateway;
let liteLlm: LiteLlm;

beforeAll(async () => {
  const port = await freePort();
  const routed = ROUTES.map(async (route) => {
    const startBackend = REAL_BACKENDS[routeName(route)] ?? (() => startEcho(routeName(route)));
    const backend = await startBackend(`http://127.0.0.1:${port}${prefixOf(route)}`);
    backends.push(backend);
    return [toBackends(route), backendOf(route, { host: '127.0.0.1', port: backend.port })];
  });
  const objects = (await Promise.all(routed)).flat();
  const untimed = toBackends(withoutTimeout(routeNamed('my-namespace/agent-streaming-agent'), '/untimed'));
  gateway = await startEnvoyGateway([chartGateway(GATEWAY_CLASS, port), untimed, ...objects], port);
}, 180_000);

afterAll(() => Promise.all([gateway?.stop(), ...backends.map(({ stop }) => stop())]));

describe.concurrent('paths', () => {
  it.each(ECHOED.map((route) => [routeName(route), prefixOf(route)]))(
    'below the prefix of %s reach its backend without the prefix',
    async (backend, prefix) => {
      const asked = ['', '/', '/health', '/v1/models?limit=1', prefix].map((path) => ask(`${prefix}${path}`));
      const urls = ['/', '/', '/health', '/v1/models?limit=1', prefix];
      expect(await Promise.all(asked)).toEqual(urls.map((url) => ({ status: 200, body: { backend, url } })));
    },
  );

  it.each(ECHOED.map((route) => [routeName(route), prefixOf(route)]))(
    'of a card are those of KAOS for an Agent alone: %s',
    async (backend, prefix) => {
      const kaosCard = '/.well-known/agent.json';
      const url = backend.includes('/agent-') ? kaosCard : CARD;
      const asked = [CARD, `${CARD}?a=1`, `${CARD}/more`, kaosCard].map((path) => ask(`${prefix}${path}`));
      const urls = [url, `${url}?a=1`, `${CARD}/more`, kaosCard];
      expect(await Promise.all(asked)).toEqual(urls.map((each) => ({ status: 200, body: { backend, url: each } })));
    },
  );

  it.each(ROUTES.map(prefixOf))('with a longer name than %s do not match its route', async (prefix) => {
    expect(await ask(`${prefix}x/health`)).toEqual({ status: 404 });
  });

  it('of an agent whose name begins with the name of another reach the right agent', async () => {
    const reached = await Promise.all(['/ns/agent/a/b', '/ns/agent/ab', '/ns/agent/ab/b'].map(ask));
    expect(reached.map(({ body }) => body)).toEqual([
      { backend: 'ns/agent-a', url: '/b' },
      { backend: 'ns/agent-ab', url: '/' },
      { backend: 'ns/agent-ab', url: '/b' },
    ]);
  });
});

describe.concurrent('a slow backend', () => {
  it.each([
    { route: 'research/mcp-calc', takes: 8, cutAt: 5 },
    { route: 'research/modelapi-ollama', takes: 14, cutAt: 10 },
    // Shows that the gateway has a default timeout.
    { route: 'a route without a timeout', prefix: '/untimed', takes: 18, cutAt: 15 },
  ])('of $route is cut off after $cutAt s', async ({ route, prefix = prefixOf(routeNamed(route)), takes, cutAt }) => {
    const { status, seconds } = await timed(`${prefix}/slow?seconds=${takes}`);
    expect(status).toBe(504);
    expect(seconds).toBeGreaterThan(cutAt - 0.5);
    expect(seconds).toBeLessThan(cutAt + 2);
  });

  it.each([
    { route: 'research/modelapi-ollama', takes: 8, outlives: 'the 5 s of a tool' },
    { route: 'my-namespace/agent-my-agent', takes: 14, outlives: 'the 10 s of a model' },
    { route: 'my-namespace/agent-long-running-agent', takes: 18, outlives: "the gateway's 15 s" },
    { route: 'my-namespace/agent-streaming-agent', takes: 18, outlives: "the gateway's 15 s with 0s" },
  ])('of $route may take longer than $outlives', async ({ route, takes }) => {
    const { status, seconds } = await timed(`${prefixOf(routeNamed(route))}/slow?seconds=${takes}`);
    expect(status).toBe(200);
    expect(seconds).toBeGreaterThan(takes - 0.5);
  });
});

describe.concurrent('an A2A agent', () => {
  it('is found by its card and called at the address in it', async () => {
    const client = await a2aClient('research/agent-lead');
    expect(textOf((await client.sendMessage(saying('hello'))) as Message)).toBe('heard hello');
  });

  it('streams for 20 s, and each event arrives before the next is sent', async () => {
    const client = await a2aClient('research/agent-lead');
    const events = await ticksOf(client, 20);
    expect(events).toHaveLength(20);
    expect(events.filter(({ arrived }, index) => arrived >= (events[index + 1]?.sent ?? Infinity))).toEqual([]);
    expect((events.at(-1)?.sent ?? 0) - (events[0]?.sent ?? 0)).toBeGreaterThan(18_900);
  });
});

describe.concurrent('an MCP server', () => {
  it('keeps a session through several calls, and serves clients without sessions', async () => {
    const url = `${gateway.url}${prefixOf(routeNamed('research/mcp-calc'))}/mcp`;
    expect(JSON.parse(await runPython('mcp_client.py', url, 'legacy', '2026-07-28'))).toEqual([
      { protocol: '2025-11-25', tools: ['add'], totals: [1, 3, 6] },
      { protocol: '2026-07-28', tools: ['add'], totals: [1, 2, 3] },
    ]);
  });
});

describe.concurrent('a ModelAPI', () => {
  const chat = (stream: boolean) =>
    fetch(`${gateway.url}${prefixOf(routeNamed('research/modelapi-llm'))}/v1/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' },
      body: JSON.stringify({ model: 'mock', stream, messages: [{ role: 'user', content: 'a question' }] }),
    });

  // LiteLLM may take this long to start, because its Python is compiled the first time.
  it('gets the key of the caller, and answers whole and as a stream', { timeout: 150_000 }, async () => {
    await liteLlm.untilReady();
    const whole = (await (await chat(false)).json()) as { choices: { message: { content: string } }[] };
    expect(whole.choices.map(({ message }) => message.content)).toEqual(['an answer']);
    const pieces = (await (await chat(true)).text()).matchAll(/"delta":\{[^}]*"content":"([^"]*)"/g);
    expect([...pieces].map(([, piece]) => piece).join('')).toBe('an answer');
  });
});

describe('the gateway', () => {
  it.each(ROUTES.map(routeName))('reports that %s is accepted and its references are resolved', async (route) => {
    const { parents } = await vi.waitUntil(() => gateway.routeStatus(route), 10_000);
    expect(parents.map(conditionsOf)).toEqual([{ Accepted: 'True', ResolvedRefs: 'True' }]);
  });
});

function routeNamed(name: string): HttpRoute {
  const route = ROUTES.find((candidate) => routeName(candidate) === name);
  if (!route) {
    throw new Error(`the examples have no route ${name}, only ${ROUTES.map(routeName)}`);
  }
  return route;
}

async function ask(path: string): Promise<{ readonly status: number; readonly body?: unknown }> {
  const response = await fetch(`${gateway.url}${path}`);
  const text = await response.text();
  return { status: response.status, ...(text !== '' && { body: JSON.parse(text) }) };
}

async function timed(path: string): Promise<{ readonly status: number; readonly seconds: number }> {
  const start = performance.now();
  const { status, body } = await fetch(`${gateway.url}${path}`);
  await body?.cancel();
  return { status, seconds: (performance.now() - start) / 1000 };
}

function a2aClient(route: string): Promise<Client> {
  return new ClientFactory().createFromUrl(`${gateway.url}${prefixOf(routeNamed(route))}/`);
}

/** Conditions by their type. One that is not True comes with its reason and message. */
function conditionsOf({ conditions }: RouteParentStatus): Record<string, string> {
  return Object.fromEntries(
    conditions.map(({ type, status, reason, message }) => [
      type,
      status === 'True' ? status : `${status}: ${reason}: ${message}`,
    ]),
  );
}
