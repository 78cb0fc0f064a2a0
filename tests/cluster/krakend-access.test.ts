import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ACCESS_CASES } from '../support/access-codes.ts';
import { parts } from '../support/gateways.ts';
import { token } from '../support/jwt.ts';
import type { Backend } from './support/backends.ts';
import { type JwksServer, jwksServer } from './support/jwks.ts';
import { type Krakend, startKrakend, whyRefused, withKrakend } from './support/krakend.ts';
import {
  ask,
  bearer,
  codesOf,
  configOf,
  type Id,
  KEYS,
  ORIGIN,
  type Place,
  placesOf,
  startMirror,
  withAnother,
} from './support/krakend-access.ts';

describe('access rules at KrakenD', () => {
  let mirror: Backend;
  let jwks: JwksServer;
  let krakend: Krakend;
  beforeAll(async () => {
    mirror = await startMirror();
    jwks = await jwksServer(KEYS.own, KEYS.otherAlgorithm);
    await jwks.start();
    krakend = await startKrakend(configOf(mirror, jwks.uri));
  });
  afterAll(async () => {
    await krakend?.running.stop();
    await Promise.all([mirror?.stop(), jwks?.stop()]);
  });

  it('become a configuration that KrakenD accepts, with a block at each endpoint of a guarded agent', async () => {
    const krakendJson = configOf(mirror, jwks.uri);
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
    await withAnother(configOf(mirror, jwks.uri), async (first) => {
      expect(await codesOf(5, () => ask(first, long))).toEqual(Array(5).fill(401));
      expect(await codesOf(5, (index) => ask(first, long, { ...bearer('alice'), 'x-user': `${index}` }))).toEqual(
        limited,
      );
      expect(await codesOf(5, () => ask(first, long, bearer('bob')))).toEqual(limited);
      expect(await codesOf(5, () => ask(first, short, bearer('alice')))).toEqual(limited);
      const nobody = { authorization: `Bearer ${token(KEYS.own, { claims: { sub: undefined } })}` };
      expect(await codesOf(2, () => ask(first, long, nobody))).toEqual([429, 429]);
      await withAnother(configOf(mirror, jwks.uri), async (second) => {
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
      await withAnother(configOf(mirror, jwks.uri), async (another) => {
        expect(await codesOf(3, () => chat(another, 'a/busy'))).toEqual([200, 200, 200]);
        expect((await ask(another, long)).status).toBe(503);
      });
    });
  });
});
