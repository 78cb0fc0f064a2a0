import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { AccessRules } from '../../controllers/access/access-rules.ts';
import { JWT } from '../support/access.ts';
import { agent, sync } from '../support/gateways.ts';
import { signingKey, token } from '../support/jwt.ts';
import { needing } from '../support/needing.ts';
import { type Backend, startHeaderEcho } from './support/backends.ts';
import { browserProgram, callFromPage, startBrowser, startPage } from './support/browser.ts';
import { accessGuard, chartGateway } from './support/chart-objects.ts';
import { GATEWAY_CLASS, startEnvoyGateway } from './support/envoy-gateway.ts';
import { type JwksServer, jwksServer } from './support/jwks.ts';
import { startKrakend } from './support/krakend.ts';
import { freePort } from './support/processes.ts';
import { accessAgent, backedBy, renderAccess } from './support/route-access.ts';

const PROGRAM = browserProgram();
const CHROMIUM = { name: 'CHROMIUM, or a browser on PATH', found: PROGRAM !== undefined };
const KEY = signingKey('login');
const NAMES = ['guarded', 'open'] as const;

/** A gateway with a guarded and an open agent. */
interface Front {
  readonly address: (name: (typeof NAMES)[number]) => string;
  readonly stop: () => Promise<unknown>;
}

async function envoyFront(rules: AccessRules, port: number): Promise<Front> {
  const listener = await freePort();
  const objects = await renderAccess(NAMES.map(accessAgent), rules);
  const all = [chartGateway(GATEWAY_CLASS, listener), ...accessGuard(), ...backedBy(objects, port)];
  const { url, stop } = await startEnvoyGateway(all, listener);
  return { address: (name) => `${url}/access/agent/${name}/v1/chat/completions`, stop };
}

async function krakendFront(rules: AccessRules, port: number): Promise<Front> {
  const url = `http://127.0.0.1:${port}/.well-known/agent-card.json`;
  const related = NAMES.map((name) => agent(`access/${name}`, { url }));
  const krakend = await startKrakend(sync({ related, rules }).krakendJson);
  return { address: (name) => `${krakend.url}/access/${name}`, stop: krakend.running.stop };
}

needing(CHROMIUM).describe('a browser', () => {
  let browser: Browser;
  let page: Backend;
  let foreign: Backend;
  let echo: Backend;
  let jwks: JwksServer;
  beforeAll(async () => {
    [browser, page, foreign, echo, jwks] = await Promise.all([
      startBrowser(PROGRAM ?? ''),
      startPage(),
      startPage(),
      startHeaderEcho('x-user'),
      jwksServer(KEY),
    ]);
    await jwks.start();
  }, 120_000);
  afterAll(() => Promise.all([browser?.close(), page?.stop(), foreign?.stop(), echo?.stop(), jwks?.stop()]));

  describe.each([
    { gateway: 'Envoy Gateway', start: envoyFront },
    { gateway: 'KrakenD', start: krakendFront },
  ])('with $gateway', ({ start }) => {
    let front: Front;
    beforeAll(async () => {
      const rules = {
        rules: [{ match: { names: ['guarded'] }, jwt: { ...JWT, jwksUri: jwks.uri } }],
        cors: { origins: [`http://127.0.0.1:${page.port}`] },
      };
      front = await start(rules, echo.port);
      const isServed = async () => (await fetch(front.address('open'), { method: 'POST', body: '{}' })).status;
      await vi.waitFor(async () => expect(await isServed()).toBe(200), 20_000);
    }, 180_000);
    afterAll(() => front?.stop());

    const call = (from: Backend, name: (typeof NAMES)[number], headers: Readonly<Record<string, string>> = {}) =>
      callFromPage(browser, from, {
        url: front.address(name),
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: '{}',
      });
    const authorization = `Bearer ${token(KEY)}`;

    it('calls a guarded agent from a page of an origin in the rules', async () => {
      const text = expect.stringContaining('"x-user":"alice"');
      expect(await call(page, 'guarded', { authorization })).toEqual({ status: 200, text });
    });

    it('lets that page read that a token is missing', async () => {
      expect(await call(page, 'guarded')).toMatchObject({ status: 401 });
    });

    it('calls an open agent from that page', async () => {
      expect(await call(page, 'open')).toMatchObject({ status: 200 });
    });

    it.each(NAMES)('gives nothing of %s to a page of another origin', async (name) => {
      expect(await call(foreign, name, { authorization })).toEqual({ error: 'TypeError: Failed to fetch' });
    });
  });
});
