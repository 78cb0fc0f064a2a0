import { writeFileSync } from 'node:fs';
import Fastify from 'fastify';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Manifest } from '../support/helm.ts';
import { agentImage, agentPackages, withAgents } from './support/agent-runtime.ts';
import { mustApply } from './support/api.ts';
import { type Backend, listening } from './support/backends.ts';
import { chartGateway } from './support/chart-objects.ts';
import { type ControlPlane, startControlPlane } from './support/control-plane.ts';
import { type EnvoyGateway, GATEWAY_CLASS, startEnvoyGateway } from './support/envoy-gateway.ts';
import { backendOf, renderObjects, routesOf, toBackends } from './support/example-routes.ts';
import { IMAGE_FLAGS } from './support/kaos-images.ts';
import { agentPod, CARD_PATH, tell } from './support/kaos-team.ts';
import { obey } from './support/obedient-model.ts';
import { type Pod, podsOf, runPod } from './support/pods.ts';
import { freePort, type Running } from './support/processes.ts';
import { issuerOf, type WithToken, withToken } from './support/projected-token.ts';
import { type Provider, startProvider } from './support/provider.ts';

const NAMESPACE = 'identities';
const ASK = 'call delegate_to_guarded {"task": "hello"}';

function resource(kind: string, name: string, spec: object): Manifest {
  return { apiVersion: 'kaos.tools/v1alpha1', kind, metadata: { name, namespace: NAMESPACE }, spec };
}

const model = { modelAPI: 'llm', model: 'm' };
const RESOURCES = [
  resource('ModelAPI', 'llm', { mode: 'Proxy', proxyConfig: { models: ['*'] } }),
  resource('Agent', 'guarded', model),
  resource('Agent', 'caller', { ...model, agentNetwork: { access: ['guarded'] } }),
];
const gatewayPort = await freePort();

function render(...flags: string[]) {
  const routing = ['--gateway-api-internal-routing=true', `--gateway-address=http://127.0.0.1:${gatewayPort}`];
  const input = RESOURCES.map((each) => JSON.stringify(each)).join('\n---\n');
  return renderObjects([...IMAGE_FLAGS, '--kaos-runtime', ...routing, ...flags, '-'], input);
}

const OBJECTS = await render('--security-agent-auth-identity-provider=serviceaccount');
const IDENTIFIED = podsOf(OBJECTS);
/** The same caller, made without the setting. */
const STRANGER = agentPod('caller', podsOf(await render()));

let cluster: ControlPlane;
let gateway: EnvoyGateway;
let provider: Provider;
let front: Backend;
let caller: WithToken;
let guarded: WithToken;
const running: Running[] = [];
/** The tokens in the calls that reached the model. */
const received: unknown[] = [];

beforeAll(async () => {
  if (agentPackages() === undefined) {
    return;
  }
  cluster = await startControlPlane();
  await mustApply(cluster.api, [{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: NAMESPACE } }]);
  await mustApply(
    cluster.api,
    OBJECTS.filter(({ kind }) => ['ServiceAccount', 'Deployment'].includes(kind)),
  );
  provider = await startProvider(obey);
  front = await startFront();
  [caller, guarded] = (await Promise.all(
    ['caller', 'guarded'].map((name) => withToken(cluster.api, agentPod(name, IDENTIFIED))),
  )) as [WithToken, WithToken];
  await Promise.all([startGateway(), ...[caller.pod, guarded.pod, STRANGER].map(run)]);
}, 240_000);

afterAll(() => Promise.all([gateway, front, provider, cluster, ...running].map((started) => started?.stop())));

withAgents.describe('KAOS 0.8, row 14: an Agent with an identity', { timeout: 60_000 }, () => {
  it('gets a token of its own account, for the Gateway, from the API server', () => {
    const [, claims = ''] = caller.token.split('.');
    const seconds = ({ exp, iat }: { exp: number; iat: number }) => exp - iat;
    const read = JSON.parse(Buffer.from(claims, 'base64url').toString());
    expect(read).toMatchObject({ aud: ['kaos-gateway'], sub: `system:serviceaccount:${NAMESPACE}:kaos-agent-caller` });
    expect(seconds(read)).toBe(3600);
  });

  it('calls a peer that a policy at the Gateway guards', async () => {
    expect(await tell('caller', [caller.pod], ASK)).toBe('m, told "You are a helpful assistant.", was asked "hello"');
  });

  it('reads its token for each call, so that a renewed one counts at once', async () => {
    writeFileSync(caller.file, `${caller.token}x`);
    // It knows the card of its peer by now, so only the call itself is refused.
    expect(await tell('caller', [caller.pod], ASK)).toMatch(/401 Unauthorized/);
    writeFileSync(caller.file, caller.token);
    expect(await tell('caller', [caller.pod], ASK)).toMatch(/was asked "hello"$/);
  });

  it('is let in by its token alone: the same Agent without an identity is not', async () => {
    const card = (headers = {}) => fetch(`${gateway.url}/${NAMESPACE}/agent/guarded${CARD_PATH}`, { headers });
    const statuses = [await card(), await card({ 'x-agent-authorization': `Bearer ${caller.token}` })];
    expect(statuses.map(({ status }) => status)).toEqual([401, 200]);
    expect(await tell('caller', [STRANGER], ASK)).toMatch(/^\[Delegation failed: Agent guarded unavailable /);
  });

  // docs/kaos-calls.md says so. Once this fails, KAOS's runtime sends the token with calls of httpx2, too.
  it('sends no token to its model, because its libraries for models use httpx2', async () => {
    received.length = 0;
    await tell('caller', [caller.pod], 'hello');
    expect(received).toEqual([undefined]);
  });
});

async function run(pod: Pod): Promise<void> {
  running.push(await runPod(pod, { images: { 'kaos-agent': agentImage({}) }, objects: OBJECTS }));
}

/** Stands in for LiteLLM, and keeps the tokens of the agents that call. */
function startFront(): Promise<Backend> {
  const server = Fastify({ forceCloseConnections: true });
  server.post('/*', async ({ url, headers, body }) => {
    received.push(headers['x-agent-authorization']);
    const content = { 'content-type': 'application/json' };
    const call = { method: 'POST', headers: content, body: JSON.stringify(body) };
    return (await fetch(`http://127.0.0.1:${provider.port}${url}`, call)).json();
  });
  return listening(server);
}

async function startGateway(): Promise<void> {
  const places: Readonly<Record<string, Pod | undefined>> = {
    'agent-caller': caller.pod,
    'agent-guarded': guarded.pod,
  };
  const routes = routesOf(OBJECTS).flatMap((route) => {
    const pod = places[route.metadata.name];
    const at = pod === undefined ? { host: '127.0.0.1', port: front.port } : { host: pod.ip, port: 8000 };
    return [toBackends(route), backendOf(route, at)];
  });
  const objects = [chartGateway(GATEWAY_CLASS, gatewayPort), ...routes, await policy()];
  gateway = await startEnvoyGateway(objects, gatewayPort);
}

/** A policy of the form that KAOS 0.8 writes, with the keys of this cluster. */
async function policy(): Promise<Manifest> {
  const { issuer, keys } = await issuerOf(cluster.api);
  const provider = {
    name: 'agent',
    issuer,
    audiences: ['kaos-gateway'],
    localJWKS: { type: 'Inline', inline: keys },
    extractFrom: { headers: [{ name: 'x-agent-authorization', valuePrefix: 'Bearer ' }] },
  };
  return {
    apiVersion: 'gateway.envoyproxy.io/v1alpha1',
    kind: 'SecurityPolicy',
    metadata: { name: 'agent-guarded', namespace: NAMESPACE },
    spec: {
      targetRefs: [{ group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', name: 'agent-guarded' }],
      jwt: { providers: [provider] },
    },
  };
}
