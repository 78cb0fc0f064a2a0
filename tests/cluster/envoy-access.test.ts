import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { AccessRules } from '../../controllers/access/access-rules.ts';
import { JWT } from '../support/access.ts';
import { ACCESS_CASES, tokenKeys } from '../support/access-codes.ts';
import type { Manifest } from '../support/helm.ts';
import { signingKey, token } from '../support/jwt.ts';
import { type Backend, startHeaderEcho } from './support/backends.ts';
import { accessGuard, chartGateway } from './support/chart-objects.ts';
import { type EnvoyGateway, GATEWAY_CLASS, startEnvoyGateway } from './support/envoy-gateway.ts';
import { type JwksServer, jwksServer } from './support/jwks.ts';
import { freePort } from './support/processes.ts';
import { accessAgent, backedBy, renderAccess } from './support/route-access.ts';

const NAMESPACE = 'access';
const ORIGIN = 'https://chat.example.com';
const KEYS = tokenKeys();
const KEY = KEYS.own;
const NEXT = signingKey('second');

const AGENTS = ['guarded', 'either', 'personal', 'counted', 'near', 'open', 'denied'].map(accessAgent);

function rules(jwksUri: string): AccessRules {
  const jwt = { ...JWT, jwksUri };
  const { scopes: _, ...anyToken } = jwt;
  return {
    rules: [
      { match: { names: ['guarded'] }, jwt },
      { match: { names: ['either'] }, jwt: { ...jwt, scopes: { any: ['agents:call', 'agents:admin'] } } },
      { match: { names: ['personal'] }, jwt: anyToken, limit: { requests: 3, per: 'hour', by: 'claim:sub' } },
      { match: { names: ['counted'] }, limit: { requests: 3, per: 'hour', by: 'all' } },
      { match: { names: ['near'] }, limit: { requests: 3, per: 'hour', by: 'address' } },
      { match: { names: ['open'] }, allow: true },
    ],
    default: 'deny',
    cors: { origins: [ORIGIN] },
  };
}

const rendered = (access: AccessRules, ...flags: readonly string[]) => renderAccess(AGENTS, access, ...flags);

let gateway: EnvoyGateway;
let echo: Backend;
let jwks: JwksServer;
let listener: Manifest;
let objects: readonly Manifest[];

beforeAll(async () => {
  const port = await freePort();
  [echo, jwks] = await Promise.all([startHeaderEcho('x-user', TARGET), jwksServer(KEY, KEYS.otherAlgorithm)]);
  listener = chartGateway(GATEWAY_CLASS, port);
  objects = backedBy(await rendered(rules(jwks.uri)), echo.port);
  gateway = await startEnvoyGateway([listener, ...accessGuard(), ...objects], port);
}, 180_000);
afterAll(() => Promise.all([gateway?.stop(), echo?.stop(), jwks?.stop()]));

/** By this header the agent learns which route was taken. */
const TARGET = 'x-kaos-target-resource';
const CARD = '/.well-known/agent-card.json';

async function ask(agent: string, init: RequestInit & { readonly path?: string } = {}) {
  const { path: below = '/', ...rest } = init;
  const response = await fetch(`${gateway.url}/${NAMESPACE}/agent/${agent}${below}`, { redirect: 'manual', ...rest });
  const text = await response.text();
  return { code: response.status, headers: response.headers, body: text.startsWith('{') ? JSON.parse(text) : text };
}

const withToken = (claims: Readonly<Record<string, unknown>> = {}, headers: Readonly<Record<string, string>> = {}) => ({
  headers: { authorization: `Bearer ${token(KEY, { claims })}`, ...headers },
});

const withNext = { headers: { authorization: `Bearer ${token(NEXT)}` } };

async function codes(count: number, call: () => Promise<{ readonly code: number }>): Promise<readonly number[]> {
  const found: number[] = [];
  for (let index = 0; index < count; index += 1) {
    found.push((await call()).code);
  }
  return found;
}

describe('a guarded agent behind Envoy Gateway', () => {
  it('answers 401 while the keys cannot be read, and calls come through once they can', async () => {
    await vi.waitFor(async () => expect((await ask('open')).code).toBe(200), 20_000);
    expect((await ask('guarded', withToken())).code).toBe(401);
    await jwks.start();
    await vi.waitFor(async () => expect((await ask('guarded', withToken())).code).toBe(200), 20_000);
  }, 60_000);

  it.each(ACCESS_CASES)('answers $envoy to $title, for calls and for cards', async ({ headers, query, envoy }) => {
    const init = { headers: headers(KEYS) };
    for (const below of ['/', '/v1/chat/completions', CARD]) {
      expect((await ask('guarded', { ...init, path: `${below}${query?.(KEYS) ?? ''}` })).code).toBe(envoy);
    }
    expect((await ask('guarded', { ...init, method: 'POST', body: '{}' })).code).toBe(envoy);
  });

  it.each(['//', '/./', '/%2e/', '/../guarded/', '/..%2fguarded/', '/;a/', '%2f', '/x/../../guarded/'])(
    'is not reached without a token by the path %s',
    async (below) => {
      for (const from of ['guarded', 'open', 'open/x']) {
        const { body } = await ask(from, { path: below });
        expect(body.headers?.[TARGET]).not.toBe(`kaos://agent/${NAMESPACE}/guarded`);
      }
    },
  );

  it('is told who calls, whatever the caller says', async () => {
    const told = async (claims: Readonly<Record<string, unknown>>) =>
      (await ask('guarded', withToken(claims, { 'x-user': 'mallory' }))).body.headers['x-user'];
    expect(await told({})).toBe('alice');
    expect(await told({ sub: undefined })).toBe('');
  });

  it.each([
    ['agents:call', 200],
    ['other agents:admin', 200],
    ['agents:list', 403],
  ])('with any of two scopes: %s gets %i', async (scope, code) => {
    expect((await ask('either', withToken({ scope }))).code).toBe(code);
  });
});

describe('other agents behind Envoy Gateway', () => {
  it('are open, or have no route', async () => {
    expect((await ask('open')).code).toBe(200);
    expect((await ask('denied', withToken())).code).toBe(404);
  });

  it('may be called so often by each user, and refused calls do not count', async () => {
    const as = (sub: string, headers = {}) => codes(4, () => ask('personal', withToken({ sub }, headers)));
    expect(await codes(4, () => ask('personal'))).toEqual([401, 401, 401, 401]);
    expect(await as('alice')).toEqual([200, 200, 200, 429]);
    expect(await as('alice', { 'x-user': 'carol' })).toEqual([429, 429, 429, 429]);
    expect(await as('bob')).toEqual([200, 200, 200, 429]);
  });

  it('may be called so often by all callers whose token does not say who they are', async () => {
    const call = () => ask('personal', withToken({ sub: undefined }, { 'x-user': `${Math.random()}` }));
    expect(await codes(4, call)).toEqual([200, 200, 200, 429]);
  });

  it('may be called so often by all, on each path of a route', async () => {
    expect(await codes(4, () => ask('counted'))).toEqual([200, 200, 200, 429]);
    expect(await codes(4, () => ask('counted', { path: CARD }))).toEqual([200, 200, 200, 429]);
  });

  it('may be called so often from one address, whatever the caller says', async () => {
    expect(await codes(4, () => ask('near'))).toEqual([200, 200, 200, 429]);
    expect((await ask('near', { headers: { 'x-forwarded-for': '9.9.9.9' } })).code).toBe(429);
  });
});

describe('pages of other origins behind Envoy Gateway', () => {
  const preflight = (origin: string, agent = 'guarded') =>
    ask(agent, {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization,content-type',
      },
    });
  const allowed = ({ headers }: { readonly headers: Headers }) => headers.get('access-control-allow-origin');

  it.each(['guarded', 'open'])('may ask first, without a token: %s', async (agent) => {
    const answer = await preflight(ORIGIN, agent);
    expect({ code: answer.code, origin: allowed(answer) }).toEqual({ code: 200, origin: ORIGIN });
    expect(answer.headers.get('access-control-allow-headers')).toMatch(/authorization/i);
    expect(allowed(await preflight('https://evil.example.com', agent))).toBeNull();
  });

  it('can read that a token is missing', async () => {
    const answer = await ask('guarded', { headers: { origin: ORIGIN } });
    expect({ code: answer.code, origin: allowed(answer) }).toEqual({ code: 401, origin: ORIGIN });
  });
});

describe('a login server of an agent behind Envoy Gateway', () => {
  it('may be down for a while, and a new key is read within five minutes', async () => {
    await jwks.stop();
    expect((await ask('guarded', withToken())).code).toBe(200);
    jwks.rotate(NEXT);
    await jwks.start();
    expect([(await ask('guarded', withNext)).code, (await ask('guarded', withToken())).code]).toEqual([401, 200]);
  });
});

/** Asks without a token until the time is over: the codes in order, without repetitions. */
async function watched(milliseconds: number, whileWatching: () => Promise<void>): Promise<readonly number[]> {
  const found: number[] = [];
  let isOver = false;
  const watching = (async () => {
    while (!isOver) {
      const { code } = await ask('guarded');
      if (found.at(-1) !== code) {
        found.push(code);
      }
    }
  })();
  await whileWatching();
  await sleep(milliseconds);
  isOver = true;
  await watching;
  return found;
}

describe('an agent that becomes guarded behind Envoy Gateway', () => {
  it('is closed first, and never open again without a token, also for connections that were there before', async () => {
    const open = backedBy(await rendered({ cors: { origins: [ORIGIN] } }), echo.port);
    gateway.replace([listener, ...accessGuard(), ...open]);
    await vi.waitFor(async () => expect((await ask('guarded')).code).toBe(200), 20_000);
    const closed = backedBy(await rendered(rules(jwks.uri), '--access-await-policies=true'), echo.port);
    const seen = await watched(3000, async () => {
      gateway.replace([listener, ...accessGuard(), ...closed]);
      await sleep(3000);
      gateway.replace([listener, ...accessGuard(), ...objects]);
    });
    expect(seen[0]).toBe(200);
    expect(seen.slice(1)).not.toContain(200);
    expect(seen.at(-1)).toBe(401);
    await vi.waitFor(async () => expect((await ask('guarded', withNext)).code).toBe(200), 20_000);
  }, 60_000);
});
