import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { agent, parts, sync } from '../support/gateways.ts';
import { type Krakend, renderedConfig, startKrakend, withKrakend } from './support/krakend.ts';

const SECRET = 'only the inner address knows this';
const CARD = '/.well-known/agent-card.json';
/** This address is the machine itself, but Go does not count it as a loopback address, which no proxy would get. */
const ANY = '0.0.0.0';

/** What the agent answers next. */
interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string | string[]>>;
  readonly body?: string;
}

interface Heard {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly headers: IncomingMessage['headers'];
}

const JSON_TYPE = { 'content-type': 'application/json' };
const card = JSON.stringify({ name: 'evil', url: 'http://evil.a:8000' });
const task = { id: 't', contextId: 'c', kind: 'task', status: { state: 'completed' } };
const reply = JSON.stringify({ jsonrpc: '2.0', id: 1, result: task });

const servers: Server[] = [];
let next: Answer = { status: 200 };
const inner: Heard[] = [];
const own: Heard[] = [];
let agentPort = 0;
let innerPort = 0;
let krakend: Krakend;

describe('a KrakenD in front of a hostile agent', () => {
  beforeAll(async () => {
    innerPort = await listen((request, response) => {
      inner.push(heardOf(request));
      response.writeHead(200, { ...JSON_TYPE, 'x-inner': SECRET }).end(JSON.stringify({ secret: SECRET, url: 'x' }));
    });
    agentPort = await listen((request, response) => {
      own.push(heardOf(request));
      const { status, headers = {}, body = '' } = request.url === '/elsewhere' ? OK : next;
      response.writeHead(status, headers).end(body);
    });
    krakend = await startKrakend(configFor('127.0.0.1'));
  });
  afterAll(async () => {
    await krakend?.running.stop();
    for (const server of servers) {
      server.close();
    }
  });
  beforeEach(() => {
    inner.length = 0;
    own.length = 0;
  });

  it('reads from its template what the tests of the configuration read', async () => {
    const krakendJson = configFor('127.0.0.1');
    expect(await renderedConfig(krakendJson)).toEqual(parts(krakendJson).config);
  });

  it.each(['POST', 'GET'].flatMap((method) => [301, 302, 303, 307, 308].map((status) => [method, status] as const)))(
    'passes nothing of another host on if the agent answers a %s with %i',
    async (method, status) => {
      next = { status, headers: { location: `http://127.0.0.1:${innerPort}/inner` } };
      const { text, headers, status: answered } = await call(krakend, { method });
      expect(text).not.toContain(SECRET);
      expect([headers.get('x-inner'), headers.get('location')]).toEqual([null, null]);
      // KrakenD follows 307 and 308 only without a body. A caller that gets one of them cannot follow it either.
      expect(answered).toBe(inner.length === 0 ? status : 500);
      expect(inner.length === 1 || status >= 307).toBe(true);
    },
  );

  it('still sends the redirected request, with credentials only to the host name of the agent', async () => {
    const headers = { authorization: 'Bearer caller', cookie: 'session=caller', 'x-api-key': 'caller' };
    for (const host of ['127.0.0.1', 'localhost']) {
      next = { status: 302, headers: { location: `http://${host}:${innerPort}/inner` } };
      await call(krakend, { method: 'POST', headers });
    }
    expect(
      inner.map(({ method, headers: { authorization, cookie, 'x-api-key': key } }) => [
        method,
        authorization,
        cookie,
        key,
      ]),
    ).toEqual([
      ['GET', 'Bearer caller', 'session=caller', 'caller'],
      ['GET', undefined, undefined, 'caller'],
    ]);
    expect(krakend.running.log()).toContain('the agent redirected the call to another host');
  });

  withKrakend.it('passes on no redirect in answers to OpenAI calls', async () => {
    next = { status: 302, headers: { location: `http://127.0.0.1:${innerPort}/inner` } };
    const { text, status } = await chat(krakend);
    expect({ status, tells: text.includes(SECRET), requests: inner.length }).toEqual({
      status: 500,
      tells: false,
      requests: 1,
    });
  });

  it('follows a redirect within the host and port of the agent', async () => {
    next = { status: 302, headers: { location: '/elsewhere' } };
    const { status, text } = await call(krakend, { method: 'POST' });
    expect({ status, text }).toEqual({ status: 200, text: OK.body });
    expect(own.map(({ method, url }) => `${method} ${url}`)).toEqual(['POST /', 'GET /elsewhere']);
  });

  it('sends redirected requests to no address but those in NO_PROXY, if a gateway names a proxy that does not exist', async () => {
    const NO_PROXY = `${ANY}:${agentPort}`;
    const proxy = 'http://127.0.0.1:9';
    const open = await startKrakend(configFor(ANY));
    const shut = await startKrakend(configFor(ANY), { HTTP_PROXY: proxy, HTTPS_PROXY: proxy, NO_PROXY });
    try {
      next = { status: 302, headers: { location: `http://${ANY}:${innerPort}/inner` } };
      const counts = [];
      for (const gateway of [open, shut]) {
        inner.length = 0;
        await call(gateway, { method: 'POST' });
        counts.push(inner.length);
      }
      next = OK;
      expect({ counts, status: (await call(shut, { method: 'POST' })).status }).toEqual({
        counts: [1, 0],
        status: 200,
      });
    } finally {
      await Promise.all([open, shut].map(({ running }) => running.stop()));
    }
  });

  withKrakend.it('refuses redirects with telemetry on too', async () => {
    const environment = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9' };
    const traced = await startKrakend(configFor('127.0.0.1'), environment);
    try {
      next = { status: 302, headers: { location: `http://127.0.0.1:${innerPort}/inner` } };
      const { status, text } = await call(traced, { method: 'POST' });
      expect({ status, tells: text.includes(SECRET) }).toEqual({ status: 500, tells: false });
      next = OK;
      expect((await call(traced, { method: 'POST' })).status).toBe(200);
    } finally {
      await traced.running.stop();
    }
  });

  const FOR_THE_ADDRESS = {
    'set-cookie': ['session=evil; Path=/', 'other=evil'],
    'clear-site-data': '"cookies"',
    'strict-transport-security': 'max-age=1000000',
    'alt-svc': 'h2="evil.example:443"',
    nel: '{}',
    'report-to': '{}',
  };

  async function passesOnNoHeaderForTheAddress(_: string, status: number, body: string, made: () => Promise<Told>) {
    next = { status, body, headers: { ...JSON_TYPE, ...FOR_THE_ADDRESS, 'x-own': 'kept' } };
    const answer = await made();
    expect(answer.status).toBe(status);
    expect([...answer.headers.keys()].filter((name) => name in FOR_THE_ADDRESS)).toEqual([]);
    expect(answer.headers.get('x-own')).toMatch(/^kept/);
    expect(own).toHaveLength(1);
  }

  it.each([
    ['a call', 200, reply, () => call(krakend, { method: 'POST' })],
    ['a call that fails', 500, 'broken', () => call(krakend, { method: 'POST' })],
    ['a card', 200, card, () => call(krakend, { method: 'GET' })],
    ['a card that it does not have', 404, 'none', () => call(krakend, { method: 'GET' })],
  ])('passes on no header that acts on the shared address, in the answer to %s', passesOnNoHeaderForTheAddress);

  withKrakend.it.each([
    ['an OpenAI call', 200, reply, () => chat(krakend)],
    ['an OpenAI call that fails', 401, 'no', () => chat(krakend)],
  ])('passes on no header that acts on the shared address, in the answer to %s', passesOnNoHeaderForTheAddress);

  it.each([
    ['http', 'http'],
    ['https', 'https'],
    [undefined, 'http'],
    ['', 'http'],
  ])('writes a card with the scheme of X-Forwarded-Proto: %j', async (proto, scheme) => {
    next = OK_CARD;
    const headers = proto === undefined ? {} : { 'x-forwarded-proto': proto };
    const { text } = await call(krakend, { method: 'GET', headers });
    expect(JSON.parse(text).url).toBe(`${scheme}://${new URL(krakend.url).host}/a/evil`);
  });

  it.each(['javascript', 'HTTPS', 'https,http', 'https://evil.example/?', 'file', "x') os.exit('", '{{ env "HOME" }}'])(
    'answers X-Forwarded-Proto: %j with 400, and asks no agent',
    async (proto) => {
      next = OK_CARD;
      const { status, text } = await call(krakend, { method: 'GET', headers: { 'x-forwarded-proto': proto } });
      expect({ status, asked: own.length }).toEqual({ status: 400, asked: 0 });
      expect(text).not.toContain('url');
    },
  );

  it('takes the host of a card from X-Forwarded-Host or Host alone, and says to caches that the card depends on it', async () => {
    next = OK_CARD;
    const others = { 'x-host': 'evil.example', forwarded: 'host=evil.example' };
    const own = await call(krakend, { method: 'GET', headers: others });
    const forwarded = await call(krakend, {
      method: 'GET',
      headers: { ...others, 'x-forwarded-host': 'agents.example' },
    });
    expect([own, forwarded].map(({ text }) => JSON.parse(text).url)).toEqual([
      `${krakend.url}/a/evil`,
      'http://agents.example/a/evil',
    ]);
    expect(own.headers.get('vary')).toBe('X-Forwarded-Host, X-Forwarded-Proto');
  });
});

const OK: Answer = { status: 200, headers: JSON_TYPE, body: '{"here":true}' };
const OK_CARD: Answer = { ...OK, body: card };

function configFor(host: string): string {
  return sync({ related: [agent('a/evil', { url: `http://${host}:${agentPort}${CARD}` })] }).krakendJson;
}

async function listen(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<number> {
  const server = createServer(answer).listen(0, ANY);
  servers.push(server);
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

function heardOf({ method, url, headers }: IncomingMessage): Heard {
  return { method, url, headers };
}

interface Asked {
  readonly method: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The agent's card with GET, a call of it with POST. */
async function call({ url }: Krakend, { method, headers = {} }: Asked) {
  const body = method === 'POST' ? { body: '{}' } : {};
  const address = `${url}/a/evil${method === 'GET' ? CARD : ''}`;
  return told(await fetch(address, { method, headers: { ...JSON_TYPE, ...headers }, redirect: 'manual', ...body }));
}

async function chat({ url }: Krakend) {
  const body = JSON.stringify({ model: 'a/evil', messages: [{ role: 'user', content: 'hello' }] });
  return told(await fetch(`${url}/chat/completions`, { method: 'POST', headers: JSON_TYPE, redirect: 'manual', body }));
}

interface Told {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

async function told(response: Response): Promise<Told> {
  return { status: response.status, headers: response.headers, text: await response.text() };
}
