import Fastify from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Manifest } from '../support/helm.ts';
import { publicJwk, type SigningKey, signingKey, token as tokenOf } from '../support/jwt.ts';
import { mustApply } from './support/api.ts';
import { type Backend, listening } from './support/backends.ts';
import { chartGateway } from './support/chart-objects.ts';
import { startControlPlane } from './support/control-plane.ts';
import { envoyGateway, install } from './support/crds.ts';
import { type EnvoyGateway, GATEWAY_CLASS, startEnvoyGateway } from './support/envoy-gateway.ts';
import { backendOf, renderRoutes, routeName, toBackends } from './support/example-routes.ts';
import { freePort } from './support/processes.ts';

const NAMESPACE = 'kaos-policies';
const ISSUER = 'https://issuer.example.com';
const AUDIENCE = 'kaos-gateway';
const SUBJECT = 'system:serviceaccount:n:kaos-agent-a';

function resource(kind: string, name: string, spec: object): Manifest {
  return { apiVersion: 'kaos.tools/v1alpha1', kind, metadata: { name, namespace: NAMESPACE }, spec };
}

const model = { modelAPI: 'llm', model: 'm' };
const RESOURCES = [
  resource('Agent', 'guarded', model),
  resource('Agent', 'open', model),
  resource('MemoryStore', 'notes', {
    storage: { type: 'local' },
    models: { summarization: model, embedding: model },
  }),
];
const ROUTES = await renderRoutes(['-'], RESOURCES.map((each) => JSON.stringify(each)).join('\n---\n'));

const OWN = signingKey('own');
const OTHER = signingKey('own');

/** The token of an agent. */
function token(key: SigningKey, audience = AUDIENCE): string {
  return tokenOf(key, { claims: { iss: ISSUER, aud: audience, sub: SUBJECT } });
}

/** A policy of the form that KAOS 0.8 writes for agents with a ServiceAccount: it names its route and nothing else. */
function policy(route: string): Manifest {
  const jwks = { keys: [publicJwk(OWN)] };
  const provider = {
    name: 'agent',
    issuer: ISSUER,
    audiences: [AUDIENCE],
    localJWKS: { type: 'Inline', inline: JSON.stringify(jwks) },
    extractFrom: { headers: [{ name: 'x-agent-authorization', valuePrefix: 'Bearer ' }] },
    claimToHeaders: [{ claim: 'sub', header: 'x-agent-claim-sub' }],
  };
  return {
    apiVersion: 'gateway.envoyproxy.io/v1alpha1',
    kind: 'SecurityPolicy',
    metadata: { name: route, namespace: NAMESPACE },
    spec: {
      targetRefs: [{ group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', name: route }],
      jwt: { providers: [provider] },
    },
  };
}

const POLICIES = ['agent-guarded', 'memorystore-notes'].map(policy);

/** A backend that answers with what the Gateway sends it. */
function startMirror(): Promise<Backend> {
  const server = Fastify({ forceCloseConnections: true });
  server.all('/*', async ({ url, headers }) => ({
    url,
    target: headers['x-kaos-target-resource'],
    subject: headers['x-agent-claim-sub'],
  }));
  return listening(server);
}

it('the SecurityPolicies of KAOS 0.8 in this test are accepted by the API server', async () => {
  const cluster = await startControlPlane();
  try {
    await install(cluster.api, envoyGateway());
    await mustApply(cluster.api, [{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: NAMESPACE } }]);
    await mustApply(cluster.api, POLICIES);
  } finally {
    await cluster.stop();
  }
}, 180_000);

describe('KAOS 0.8, rows 7 and 15: a SecurityPolicy, which names a route,', () => {
  let gateway: EnvoyGateway;
  let mirror: Backend;
  beforeAll(async () => {
    const port = await freePort();
    mirror = await startMirror();
    const objects = ROUTES.flatMap((route) => [
      toBackends(route),
      backendOf(route, { host: '127.0.0.1', port: mirror.port }),
    ]);
    gateway = await startEnvoyGateway([chartGateway(GATEWAY_CLASS, port), ...objects, ...POLICIES], port);
  }, 180_000);
  afterAll(() => Promise.all([gateway?.stop(), mirror?.stop()]));

  async function ask(path: string, headers: Readonly<Record<string, string>> = {}) {
    const response = await fetch(`${gateway.url}/${NAMESPACE}/${path}`, { headers });
    const { ok, status } = response;
    return ok ? { status, body: await response.json() } : { status };
  }
  const withToken = (bearer: string) => ({ 'x-agent-authorization': `Bearer ${bearer}` });

  it('finds three routes, of which it guards two', () => {
    expect(ROUTES.map(routeName).sort()).toEqual([
      `${NAMESPACE}/agent-guarded`,
      `${NAMESPACE}/agent-open`,
      `${NAMESPACE}/memorystore-notes`,
    ]);
  });

  it.each([
    ['agent/guarded/health', '/health', 'agent/kaos-policies/guarded'],
    ['memorystore/notes/healthz', '/healthz', 'memorystore/kaos-policies/notes'],
  ])('guards %s: 401 without a token and 200 with one', async (path, url, target) => {
    expect(await ask(path)).toEqual({ status: 401 });
    expect(await ask(path, withToken(token(OTHER)))).toEqual({ status: 401 });
    expect(await ask(path, withToken(token(OWN, 'another')))).toMatchObject({ status: 403 });
    expect(await ask(path, withToken(token(OWN)))).toEqual({
      status: 200,
      body: { url, target: `kaos://${target}`, subject: SUBJECT },
    });
  });

  it('leaves other routes open, whose callers cannot choose the target', async () => {
    expect(await ask('agent/open/health', { 'x-kaos-target-resource': 'kaos://agent/n/other' })).toEqual({
      status: 200,
      body: { url: '/health', target: 'kaos://agent/kaos-policies/open' },
    });
  });
});
