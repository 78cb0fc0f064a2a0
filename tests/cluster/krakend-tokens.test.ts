import { createSign, generateKeyPairSync } from 'node:crypto';
import Fastify from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Backend, listening, startEcho } from './support/backends.ts';
import { type Krakend, startKrakend } from './support/krakend.ts';

const ISSUER = 'https://login.example.com/';
const OWN = generateKeyPairSync('rsa', { modulusLength: 2048 });
const OTHER = generateKeyPairSync('rsa', { modulusLength: 2048 });
const base64 = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

function token(claims: object, { privateKey } = OWN): string {
  const all = { iss: ISSUER, aud: 'agents', sub: 'alice', exp: 4_000_000_000, scope: 'agents:call', ...claims };
  const signed = `${base64({ alg: 'RS256', kid: 'own', typ: 'JWT' })}.${base64(all)}`;
  return `${signed}.${createSign('RSA-SHA256').update(signed).sign(privateKey, 'base64url')}`;
}

const CASES = [
  { title: 'no token', authorization: '', status: 401 },
  { title: 'an expired token', authorization: `Bearer ${token({ exp: 1 })}`, status: 401 },
  { title: 'a token of another issuer', authorization: `Bearer ${token({ iss: 'https://evil/' })}`, status: 401 },
  { title: 'a token for another audience', authorization: `Bearer ${token({ aud: 'other' })}`, status: 401 },
  { title: 'a token that another key signed', authorization: `Bearer ${token({}, OTHER)}`, status: 401 },
  { title: 'a token without the scope', authorization: `Bearer ${token({ scope: 'agents:read' })}`, status: 403 },
  { title: 'a good token', authorization: `Bearer ${token({})}`, status: 200 },
];

/** Keys over http, as a test has no certificate. */
function jwtValidator(jwks: Backend): object {
  return {
    alg: 'RS256',
    jwk_url: `http://127.0.0.1:${jwks.port}/`,
    disable_jwk_security: true,
    issuer: ISSUER,
    audience: ['agents'],
    scopes_key: 'scope',
    scopes: ['agents:call'],
    scopes_matcher: 'all',
    propagate_claims: [['sub', 'X-User']],
  };
}

const LIMIT = { client_max_rate: 2, client_capacity: 2, every: '1h', strategy: 'header', key: 'X-User' };

describe('an endpoint with auth/validator and a limit by a claim', () => {
  let krakend: Krakend;
  let backends: readonly Backend[];

  beforeAll(async () => {
    const keys = [{ ...OWN.publicKey.export({ format: 'jwk' }), kid: 'own', alg: 'RS256', use: 'sig' }];
    const server = Fastify();
    server.get('/', async () => ({ keys }));
    const agent = await startEcho('agent');
    const jwks = await listening(server);
    backends = [agent, jwks];
    const endpoint = (path: string, extra: object) => ({
      endpoint: path,
      output_encoding: 'no-op',
      input_headers: ['*'],
      backend: [{ host: [`http://127.0.0.1:${agent.port}`], url_pattern: '/' }],
      extra_config: { 'auth/validator': jwtValidator(jwks), ...extra },
    });
    const endpoints = [endpoint('/guarded', {}), endpoint('/limited', { 'qos/ratelimit/router': LIMIT })];
    krakend = await startKrakend(JSON.stringify({ version: 3, port: 8080, endpoints }));
  });
  afterAll(async () => {
    await krakend.running.stop();
    await Promise.all(backends.map((backend) => backend.stop()));
  });

  it.each(CASES)('answers $title with $status', async ({ authorization, status }) => {
    const headers = authorization === '' ? {} : { authorization };
    expect((await fetch(`${krakend.url}/guarded`, { headers })).status).toBe(status);
  });

  it('counts by the claim, after the token is verified, whatever header the caller sends', async () => {
    const statuses: number[] = [];
    for (const authorization of ['', `Bearer ${token({ exp: 1 })}`, ...Array(3).fill(`Bearer ${token({})}`)]) {
      const user = statuses.length < 2 ? 'alice' : `forged-${statuses.length}`;
      const answer = await fetch(`${krakend.url}/limited`, { headers: { authorization, 'X-User': user } });
      statuses.push(answer.status);
    }
    expect(statuses).toEqual([401, 401, 200, 200, 429]);
  });
});
