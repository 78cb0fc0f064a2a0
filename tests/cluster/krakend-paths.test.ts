import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { agent, sync } from '../support/gateways.ts';
import { sendRaw } from '../support/raw-calls.ts';
import { type Backend, startEcho } from './support/backends.ts';
import { type Krakend, startKrakend } from './support/krakend.ts';

/** Agents whose paths are near each other, with the path of each at its own host. */
const AGENTS = {
  'team-a/pay': '/',
  'team-a/payments': '/v2',
  'team-b/news': '/api/v1',
  'evil/pay': '/evil',
  'evil/team-a': '/evil',
  'pay/evil': '/evil',
} as const;
type Id = keyof typeof AGENTS;
const CARD = '/.well-known/agent-card.json';

/** A path, and the only agent that it may reach. */
const CONFUSIONS: readonly (readonly [path: string, owner?: Id])[] = [
  ['/team-a/pay', 'team-a/pay'],
  ['/team-a/payments', 'team-a/payments'],
  ['/news', 'team-b/news'],
  // An agent of the same name takes the short path from both.
  ['/pay'],
  ['/team-a', 'evil/team-a'],
  ['/team-a/', 'evil/team-a'],
  ['/team-a/pay/', 'team-a/pay'],
  ['//team-a/pay', 'team-a/pay'],
  ['/team-a//pay', 'team-a/pay'],
  ['/team-a/./pay', 'team-a/pay'],
  ['/./team-a/pay', 'team-a/pay'],
  ['/evil/../team-a/pay', 'team-a/pay'],
  ['/team-a/pay/../../evil/pay', 'evil/pay'],
  ['/team-a/pay/..', 'evil/team-a'],
  ['/team-a/pay/../pay', 'team-a/pay'],
  ['/../team-a/pay', 'team-a/pay'],
  ['/evil/pay/../../team-b/news', 'team-b/news'],
  ['/team-a%2fpay', 'team-a/pay'],
  ['/team-a%2Fpay', 'team-a/pay'],
  ['/%2fteam-a/pay', 'team-a/pay'],
  ['/team-a/%70ay', 'team-a/pay'],
  ['/team-a/p%61y', 'team-a/pay'],
  ['/team%2da/pay', 'team-a/pay'],
  ['/team-a/%2e%2e/evil/pay', 'evil/pay'],
  ['/team-a/..%2fevil/pay', 'evil/pay'],
  ['/team-a/%2e/pay', 'team-a/pay'],
  ['/team-a%252fpay'],
  ['/team-a/pay%00'],
  ['/team-a/pay%20'],
  ['/team-a/pay%0d%0a'],
  ['/team-a/pay%3f'],
  ['/team-a/pay%23'],
  ['/team-a/pay;a=b'],
  ['/team-a;a=b/pay'],
  ['/team-a/pay?a=b', 'team-a/pay'],
  ['/team-a/pay?/../../evil/pay', 'team-a/pay'],
  ['/team-a/pay#/evil/pay', 'team-a/pay'],
  ['/Team-A/pay', 'team-a/pay'],
  ['/team-a/PAY', 'team-a/pay'],
  ['/team-a\\pay'],
  ['\\team-a\\pay'],
  ['/team-a/pay/evil'],
  ['/evil/team-a/pay'],
  ['/team-a/pay/.well-known'],
  ['/team-a/pa'],
  ['/team-a/payment'],
  ['/team-a/*'],
  ['/*/pay'],
  ['/team-a/:name'],
  ['/{namespace}/pay'],
  ['/__debug/pay'],
  ['/__echo/team-a'],
  ['http://evil/team-a/pay', 'team-a/pay'],
  ['/http://pay.evil/'],
  ['/team-a/pay.json'],
  ['/team-a/p\u00e4y'],
];

const CASES = CONFUSIONS.map(([path, owner]) => ({ path, owner }));

describe('a path at KrakenD', () => {
  const backends = new Map<string, Backend>();
  let krakend: Krakend;
  beforeAll(async () => {
    for (const id of Object.keys(AGENTS)) {
      backends.set(id, await startEcho(id));
    }
    const related = Object.entries(AGENTS).map(([id, own]) =>
      agent(id, { url: `http://127.0.0.1:${backends.get(id)?.port}${own === '/' ? '' : own}${CARD}` }),
    );
    krakend = await startKrakend(sync({ related }).krakendJson);
  });
  afterAll(async () => {
    await krakend?.running.stop();
    await Promise.all([...backends.values()].map(({ stop }) => stop()));
  });

  /** What the echo of an agent says that it was asked; undefined if no agent answered. */
  async function asked(method: string, path: string) {
    const call = `${method} ${path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n{}`;
    const { text, codes } = await sendRaw(Number(new URL(krakend.url).port), Buffer.from(call, 'latin1'));
    const [, backend, url] = /"backend":"([^"]*)","url":"([^"]*)"/.exec(text) ?? [];
    return { codes, agent: backend, url };
  }

  it('is one of at least 48 confusions', () => {
    expect(CONFUSIONS.length).toBeGreaterThanOrEqual(48);
  });

  it.each(Object.keys(AGENTS) as Id[])('is the one of an agent for calls and its card: %s', async (id) => {
    const own = AGENTS[id];
    expect(await asked('POST', `/${id}`)).toMatchObject({ codes: [200], agent: id, url: own });
    expect(await asked('GET', `/${id}${CARD}`)).toMatchObject({ codes: [200], agent: id });
  });

  it.each(CASES)('reaches no more than the agent that owns it: $path', async ({ path, owner }) => {
    const call = await asked('POST', path);
    expect([undefined, owner && AGENTS[owner]]).toContain(call.url);
    // The gateway's address is written into a card, so the echo of a card does not tell what was asked.
    for (const { agent: reached, codes } of [call, await asked('GET', path), await asked('GET', `${path}${CARD}`)]) {
      expect([undefined, owner]).toContain(reached);
      expect(codes.filter((code) => code >= 500)).toEqual([]);
    }
  });
});
