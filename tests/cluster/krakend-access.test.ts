import Fastify from 'fastify';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { AccessRules, Limit } from '../../controllers/access/access-rules.ts';
import { JWT } from '../support/access.ts';
import { ACCESS_CASES, tokenKeys } from '../support/access-codes.ts';
import { agent, parts, sync } from '../support/gateways.ts';
import { signingKey, token } from '../support/jwt.ts';
import { type Backend, listening } from './support/backends.ts';
import { type JwksServer, jwksServer } from './support/jwks.ts';
import { type Krakend, startKrakend, whyRefused, withKrakend } from './support/krakend.ts';

const CARD = '/.well-known/agent-card.json';
const KEYS = tokenKeys();
const ORIGIN = 'https://chat.example.com';
const ids = ['a/open', 'a/guarded', 'a/limited', 'a/busy', 'a/crowded', 'a/withheld', 'shut/denied'] as const;
type Id = (typeof ids)[number];

const three = (by: string): Limit => ({ requests: 3, per: 'hour', by });

/** Each agent of the tests has its rule. */
function rulesWith(jwksUri: string): AccessRules {
  const jwt = { ...JWT, jwksUri };
  const rule = (name: string, demand: object) => ({ match: { names: [name] }, ...demand });
  return {
    rules: [
      rule('guarded', { jwt }),
      rule('limited', { jwt, limit: three('claim:sub') }),
      rule('busy', { limit: three('all') }),
      rule('crowded', { limit: three('address') }),
      rule('withheld', { jwt: { ...jwt, audiences: ['agents', 'chats'] } }),
      { match: { namespaces: ['shut'] }, deny: true as const },
    ],
    cors: { origins: [ORIGIN] },
  };
}

/** An agent that answers calls, and calls for its card, with what it hears. It would let any page call. */
function startMirror(): Promise<Backend> {
  const server = Fastify({ forceCloseConnections: true });
  server.addHook('onSend', async (_, reply, payload) => {
    reply.header('access-control-allow-origin', '*');
    return payload;
  });
  server.all('/*', async ({ headers }) => ({ name: 'mirror', url: 'http://inside', user: headers['x-user'] ?? null }));
  return listening(server);
}

/** The places at which an agent is called, and those of its card. */
function placesOf(id: Id): readonly Place[] {
  const paths = [`/${id}`, `/${id.slice(id.indexOf('/') + 1)}`];
  return paths.flatMap((path) => [
    { method: 'POST', path },
    { method: 'GET', path: `${path}${CARD}` },
  ]);
}

interface Place {
  readonly method: 'GET' | 'POST' | 'OPTIONS';
  readonly path: string;
}

async function ask(
  { url }: Krakend,
  { method, path }: Place,
  headers: Readonly<Record<string, string>> = {},
): Promise<Response> {
  const body = method === 'POST' ? { body: '{}' } : {};
  return fetch(`${url}${path}`, { method, headers: { 'content-type': 'application/json', ...headers }, ...body });
}

/** The codes of the same call, made so many times one after the other. */
async function codesOf(times: number, call: (index: number) => Promise<Response>): Promise<readonly number[]> {
  const codes: number[] = [];
  for (let index = 0; index < times; index += 1) {
    codes.push((await call(index)).status);
  }
  return codes;
}

const bearer = (sub: string) => ({ authorization: `Bearer ${token(KEYS.own, { claims: { sub } })}` });

describe('access rules at KrakenD', () => {
  let mirror: Backend;
  let jwks: JwksServer;
  let krakend: Krakend;
  const configOf = (uri: string) => {
    const related = ids.map((id) => agent(id, { url: `http://127.0.0.1:${mirror.port}${CARD}` }));
    return sync({ related, rules: rulesWith(uri) }).krakendJson;
  };
  beforeAll(async () => {
    mirror = await startMirror();
    jwks = await jwksServer(KEYS.own, KEYS.otherAlgorithm);
    await jwks.start();
    krakend = await startKrakend(configOf(jwks.uri));
  });
  afterAll(async () => {
    await krakend?.running.stop();
    await Promise.all([mirror?.stop(), jwks?.stop()]);
  });

  /** Runs a check with a KrakenD of its own, whose counts and keys are new. */
  async function withAnother(krakendJson: string, check: (another: Krakend) => Promise<void>): Promise<void> {
    const another = await startKrakend(krakendJson);
    try {
      await check(another);
    } finally {
      await another.running.stop();
    }
  }

  it('become a configuration that KrakenD accepts, with a block at each endpoint of a guarded agent', async () => {
    const krakendJson = configOf(jwks.uri);
    expect(await whyRefused(krakendJson)).toBe('');
    const { endpoints } = parts(krakendJson).config;
    const guarded = endpoints.filter(({ endpoint }: { endpoint: string }) => /guarded/.test(endpoint));
    expect(guarded).toHaveLength(4);
    for (const { extra_config } of guarded) {
      expect(extra_config['auth/validator']).toMatchObject({ jwk_url: jwks.uri, audience: ['agents'] });
    }
  });

  it.each(ACCESS_CASES)('answer $krakend to $title, at calls and cards, long and short paths', async (each) => {
    const query = each.query?.(KEYS) ?? '';
    const calls = placesOf('a/guarded').map(({ method, path }) =>
      ask(krakend, { method, path: `${path}${query}` }, each.headers(KEYS)),
    );
    expect((await Promise.all(calls)).map(({ status }) => status)).toEqual(Array(4).fill(each.krakend));
  });

  it('tell the agent the claim, and never what a caller says it is', async () => {
    const users = async (headers: Readonly<Record<string, string>>) => {
      const answers = await Promise.all(placesOf('a/guarded').map((place) => ask(krakend, place, headers)));
      return Promise.all(answers.map(async (answer) => ((await answer.json()) as { user: string | null }).user));
    };
    expect(await users(bearer('alice'))).toEqual(Array(4).fill('alice'));
    expect(await users({ ...bearer('alice'), 'X-User': 'root', 'x-USER': 'root' })).toEqual(Array(4).fill('alice'));
    const withoutSub = `Bearer ${token(KEYS.own, { claims: { sub: undefined } })}`;
    expect(await users({ authorization: withoutSub, 'x-user': 'root' })).toEqual(Array(4).fill(''));
  });

  it.each(['a/withheld', 'shut/denied'] as const)('leave no endpoint to %s', async (id) => {
    const answers = await Promise.all(placesOf(id).map((place) => ask(krakend, place, bearer('alice'))));
    expect(answers.map(({ status }) => status)).toEqual(Array(4).fill(404));
  });

  it('leave other agents open', async () => {
    const answers = await Promise.all(placesOf('a/open').map((place) => ask(krakend, place)));
    expect(answers.map(({ status }) => status)).toEqual(Array(4).fill(200));
  });

  it('limit the calls of each user, at each path and by each replica on its own', async () => {
    const [long, , short] = placesOf('a/limited') as [Place, Place, Place];
    const limited = [200, 200, 200, 429, 429];
    await withAnother(configOf(jwks.uri), async (first) => {
      expect(await codesOf(5, () => ask(first, long))).toEqual(Array(5).fill(401));
      expect(await codesOf(5, (index) => ask(first, long, { ...bearer('alice'), 'x-user': `${index}` }))).toEqual(
        limited,
      );
      expect(await codesOf(5, () => ask(first, long, bearer('bob')))).toEqual(limited);
      expect(await codesOf(5, () => ask(first, short, bearer('alice')))).toEqual(limited);
      const nobody = { authorization: `Bearer ${token(KEYS.own, { claims: { sub: undefined } })}` };
      expect(await codesOf(2, () => ask(first, long, nobody))).toEqual([429, 429]);
      await withAnother(configOf(jwks.uri), async (second) => {
        expect(await codesOf(5, () => ask(second, long, bearer('alice')))).toEqual(limited);
      });
    });
  });

  it('limit the calls of one address, whatever a caller says it is, and all calls', async () => {
    const [crowded, busy] = [placesOf('a/crowded')[0], placesOf('a/busy')[0]] as [Place, Place];
    const forged = (index: number) => ({ 'x-forwarded-for': `10.0.0.${index}`, 'x-real-ip': `10.0.1.${index}` });
    expect(await codesOf(5, (index) => ask(krakend, crowded, forged(index)))).toEqual([200, 200, 200, 429, 429]);
    expect(await codesOf(5, (index) => ask(krakend, busy, forged(index)))).toEqual([200, 200, 200, 503, 503]);
  });

  it('are met again as soon as the login server has keys, if it has none at the start', async () => {
    const late = await jwksServer(KEYS.own);
    const [place] = placesOf('a/guarded') as [Place];
    await withAnother(configOf(late.uri), async (another) => {
      expect((await ask(another, place, bearer('alice'))).status).toBe(401);
      await late.start();
      const code = async () => expect((await ask(another, place, bearer('alice'))).status).toBe(200);
      await vi.waitFor(code, { timeout: 15_000, interval: 500 });
      await late.stop();
      expect((await ask(another, place, bearer('alice'))).status).toBe(200);
    }).finally(() => late.stop());
  });

  it('refuse all tokens once the keys are old and the login server is down, and take them when it is back', async () => {
    const short = await jwksServer(KEYS.own);
    await short.start();
    const [place] = placesOf('a/guarded') as [Place];
    const krakendJson = configOf(short.uri).replaceAll('"cache_duration":300', '"cache_duration":1');
    await withAnother(krakendJson, async (another) => {
      const becomes = (code: number) =>
        vi.waitFor(async () => expect((await ask(another, place, bearer('alice'))).status).toBe(code), {
          timeout: 15_000,
          interval: 500,
        });
      await becomes(200);
      await short.stop();
      await becomes(401);
      await short.start();
      await becomes(200);
    }).finally(() => short.stop());
  });

  it('take new keys, and those that were taken back until they are old', async () => {
    const [first, second] = [signingKey('first'), signingKey('second')];
    const rotating = await jwksServer(first);
    await rotating.start();
    const [place] = placesOf('a/guarded') as [Place];
    await withAnother(configOf(rotating.uri), async (another) => {
      const code = async (key: typeof first) =>
        (await ask(another, place, { authorization: `Bearer ${token(key)}` })).status;
      expect([await code(first), await code(second)]).toEqual([200, 401]);
      rotating.rotate(second);
      await vi.waitFor(async () => expect(await code(second)).toBe(200), { timeout: 15_000, interval: 500 });
      expect(await code(first)).toBe(200);
    }).finally(() => rotating.stop());
  });

  it('do not let strangers call the login server as often as they like, nor keep users out', async () => {
    const counted = await jwksServer(KEYS.own);
    await counted.start();
    const [place] = placesOf('a/guarded') as [Place];
    const stranger = { authorization: `Bearer ${token(KEYS.unknown)}` };
    await withAnother(configOf(counted.uri), async (another) => {
      expect((await ask(another, place, bearer('alice'))).status).toBe(200);
      const before = counted.fetches();
      const started = Date.now();
      expect(await codesOf(50, () => ask(another, place, stranger))).toEqual(Array(50).fill(401));
      expect(counted.fetches() - before).toBeLessThanOrEqual(1 + (Date.now() - started) / 5000);
      expect((await ask(another, place, bearer('alice'))).status).toBe(200);
    }).finally(() => counted.stop());
  });

  describe('for browsers', () => {
    const preflight = {
      origin: ORIGIN,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'authorization,content-type',
    };
    const allowed = (response: Response) => response.headers.get('access-control-allow-origin');

    it('answer a preflight before they demand a token, at every path', async () => {
      const paths = [...placesOf('a/guarded'), ...placesOf('a/open')].map(({ path }) => path);
      const answers = await Promise.all(paths.map((path) => ask(krakend, { method: 'OPTIONS', path }, preflight)));
      expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(204));
      expect(answers.map(allowed)).toEqual(Array(8).fill(ORIGIN));
      expect(answers[0]?.headers.get('access-control-max-age')).toBe('43200');
    });

    it('name no other origin, and let allowed pages read refusals', async () => {
      const [place] = placesOf('a/guarded') as [Place];
      const evil = { ...preflight, origin: 'https://evil.example' };
      expect(allowed(await ask(krakend, { ...place, method: 'OPTIONS' }, evil))).toBeNull();
      const refused = await ask(krakend, place, { origin: ORIGIN });
      expect([refused.status, allowed(refused)]).toEqual([401, ORIGIN]);
      const good = await ask(krakend, place, { origin: ORIGIN, ...bearer('alice') });
      expect([good.status, allowed(good)]).toEqual([200, ORIGIN]);
    });
  });

  describe('for models', () => {
    const chat = (at: Krakend, model: Id) =>
      fetch(`${at.url}/chat/completions`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...bearer('alice') },
        body: JSON.stringify({ model, messages: [{ role: 'user', content: 'hello' }] }),
      });

    withKrakend.it('list only agents that demand no token', async () => {
      const { data } = (await (await fetch(`${krakend.url}/models`)).json()) as { data: readonly { id: string }[] };
      expect(data.map(({ id }) => id)).toEqual(['a/busy', 'a/crowded', 'a/open']);
    });

    withKrakend.it.each(['a/guarded', 'a/limited', 'a/withheld', 'shut/denied'] as const)(
      'do not have %s, even with a token',
      async (id) => {
        const answer = await chat(krakend, id);
        expect([answer.status, await answer.text()]).toEqual([404, expect.stringContaining('not found')]);
      },
    );

    withKrakend.it('count a chat as a call at the long path', async () => {
      const [long] = placesOf('a/busy') as [Place];
      await withAnother(configOf(jwks.uri), async (another) => {
        expect(await codesOf(3, () => chat(another, 'a/busy'))).toEqual([200, 200, 200]);
        expect((await ask(another, long)).status).toBe(503);
      });
    });
  });
});
