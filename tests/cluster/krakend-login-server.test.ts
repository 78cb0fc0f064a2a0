import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { signingKey, token } from '../support/jwt.ts';
import type { Backend } from './support/backends.ts';
import { jwksServer } from './support/jwks.ts';
import {
  ask,
  bearer,
  codesOf,
  configOf,
  KEYS,
  type Place,
  placesOf,
  startMirror,
  withAnother,
} from './support/krakend-access.ts';

describe('access rules at KrakenD', () => {
  let mirror: Backend;
  beforeAll(async () => {
    mirror = await startMirror();
  });
  afterAll(() => mirror?.stop());

  it('are met again as soon as the login server has keys, if it has none at the start', async () => {
    const late = await jwksServer(KEYS.own);
    const [place] = placesOf('a/guarded') as [Place];
    await withAnother(configOf(mirror, late.uri), async (another) => {
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
    const krakendJson = configOf(mirror, short.uri).replaceAll('"cache_duration":300', '"cache_duration":1');
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
    await withAnother(configOf(mirror, rotating.uri), async (another) => {
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
    await withAnother(configOf(mirror, counted.uri), async (another) => {
      expect((await ask(another, place, bearer('alice'))).status).toBe(200);
      const before = counted.fetches();
      const started = Date.now();
      expect(await codesOf(50, () => ask(another, place, stranger))).toEqual(Array(50).fill(401));
      expect(counted.fetches() - before).toBeLessThanOrEqual(1 + (Date.now() - started) / 5000);
      expect((await ask(another, place, bearer('alice'))).status).toBe(200);
    }).finally(() => counted.stop());
  });
});
