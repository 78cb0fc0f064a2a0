import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { JWT } from '../support/access.ts';
import { signingKey, token } from '../support/jwt.ts';
import { needing } from '../support/needing.ts';
import { type Backend, startHeaderEcho } from './support/backends.ts';
import { browserProgram, callFromPage, startBrowser, startPage } from './support/browser.ts';
import { accessGuard, chartGateway } from './support/chart-objects.ts';
import { type EnvoyGateway, GATEWAY_CLASS, startEnvoyGateway } from './support/envoy-gateway.ts';
import { type JwksServer, jwksServer } from './support/jwks.ts';
import { freePort } from './support/processes.ts';
import { accessAgent, backedBy, renderAccess } from './support/route-access.ts';

const PROGRAM = browserProgram();
const KEY = signingKey('login');

const CHROMIUM = { name: 'CHROMIUM, or a browser on PATH', found: PROGRAM !== undefined };

needing(CHROMIUM).describe('a browser', () => {
  let browser: Browser;
  let page: Backend;
  let foreign: Backend;
  let echo: Backend;
  let jwks: JwksServer;
  let gateway: EnvoyGateway;

  beforeAll(async () => {
    [browser, page, foreign, echo, jwks] = await Promise.all([
      startBrowser(PROGRAM ?? ''),
      startPage(),
      startPage(),
      startHeaderEcho('x-user'),
      jwksServer(KEY),
    ]);
    await jwks.start();
    const port = await freePort();
    const rules = {
      rules: [{ match: { names: ['guarded'] }, jwt: { ...JWT, jwksUri: jwks.uri } }],
      cors: { origins: [`http://127.0.0.1:${page.port}`] },
    };
    const objects = await renderAccess(['guarded', 'open'].map(accessAgent), rules);
    const all = [chartGateway(GATEWAY_CLASS, port), ...accessGuard(), ...backedBy(objects, echo.port)];
    gateway = await startEnvoyGateway(all, port);
    await vi.waitFor(async () => expect((await fetch(`${gateway.url}/access/agent/open`)).status).toBe(200), 20_000);
  }, 180_000);
  afterAll(() =>
    Promise.all([browser?.close(), page?.stop(), foreign?.stop(), echo?.stop(), jwks?.stop(), gateway?.stop()]),
  );

  const call = (from: Backend, agent: string, headers: Readonly<Record<string, string>> = {}) =>
    callFromPage(browser, from, {
      url: `${gateway.url}/access/agent/${agent}/v1/chat/completions`,
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: '{}',
    });
  const authorization = `Bearer ${token(KEY)}`;

  it('calls a guarded agent from a page of an origin in the rules', async () => {
    expect(await call(page, 'guarded', { authorization })).toEqual({
      status: 200,
      text: expect.stringContaining('"x-user":"alice"'),
    });
  });

  it('lets that page read that a token is missing', async () => {
    expect(await call(page, 'guarded')).toEqual({ status: 401, text: 'Jwt is missing' });
  });

  it('calls an open agent from that page', async () => {
    expect(await call(page, 'open')).toEqual({ status: 200, text: expect.stringContaining('"x-user":""') });
  });

  it.each(['guarded', 'open'])('gives nothing of %s to a page of another origin', async (agent) => {
    expect(await call(foreign, agent, { authorization })).toEqual({ error: 'TypeError: Failed to fetch' });
  });
});
