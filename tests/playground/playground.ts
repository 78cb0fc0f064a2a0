import { once } from 'node:events';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { agentPackages } from '../cluster/support/agent-runtime.ts';
import { mustApply } from '../cluster/support/api.ts';
import { cacheFolder } from '../cluster/support/cache.ts';
import { kubeconfigOf } from '../cluster/support/control-plane.ts';
import { type HttpRoute, prefixOf } from '../cluster/support/example-routes.ts';
import { HAS_KRAKEND } from '../cluster/support/krakend.ts';
import { list } from '../cluster/support/objects.ts';
import { GATEWAY_CLASS_OBJECT, installChart } from '../local-cluster/chart.ts';
import { HAS_METACONTROLLER, type LocalCluster, startLocalCluster } from '../local-cluster/local-cluster.ts';
import type { Manifest } from '../support/helm.ts';
import { applyGateway, applyTeam, notReady } from './examples.ts';
import { type Address, guide } from './guide.ts';
import { PORT, succeeds } from './needs.ts';
import { type Progress, progress } from './progress.ts';

/** Where the kubeconfig is while the playground runs: always the same, so that it need not be set again. */
const KUBECONFIG = path.join(cacheFolder('playground'), 'kubeconfig');
const GATEWAY = `http://127.0.0.1:${PORT}`;
const AGENT_GATEWAY = 'agent-gateway.agents.svc';

const VALUES = { 'kaosRuntime.enabled': true, 'kaosCRDs.enabled': true };

/** Starts the cluster, applies the examples, says what can be called, and stays until the signal. */
export async function play(print: (text: string) => unknown, signal: AbortSignal): Promise<void> {
  const told = progress(print);
  const cluster = await told.step("A Kubernetes API server with etcd and Kubernetes's own controllers", () =>
    startLocalCluster(told.say),
  );
  const engine = HAS_METACONTROLLER ? 'Metacontroller' : 'A small loop in place of Metacontroller';
  await told.step(`${engine}, and Envoy Gateway`, () => startParts(cluster));
  await told.step('The chart, with the hooks', () =>
    installChart(cluster, { gatewayPort: PORT, values: VALUES, signal }),
  );
  const resources = await told.step('The examples', async () => [
    ...(await applyTeam(cluster)),
    ...(HAS_KRAKEND ? await applyGateway(cluster) : []),
  ]);
  const hasAgents = agentPackages() !== undefined;
  const awaited = resources.filter(({ kind }) => hasAgents || kind !== 'Agent');
  await told.step('Their pods, some of which take a minute to start', () => untilReady(cluster, awaited, told));
  const agentGateway = HAS_KRAKEND ? cluster.addressOf(AGENT_GATEWAY) : undefined;
  const addresses = await told.step('Their addresses', () => addressesOf(cluster, agentGateway));
  const hasKubectl = succeeds('kubectl', 'version', '--client');
  print(guide({ kubeconfig: KUBECONFIG, gateway: GATEWAY, addresses, agentGateway, hasAgents, hasKubectl }));
  await once(signal, 'abort');
}

async function startParts(cluster: LocalCluster): Promise<void> {
  await cluster.serveGateway(PORT);
  // Two playgrounds share this file. Only one of them gets the ports of the gateway.
  writeKubeconfig(cluster);
  await mustApply(cluster.api, [GATEWAY_CLASS_OBJECT]);
  await cluster.installEngine();
}

function writeKubeconfig({ api, kubeconfig }: LocalCluster): void {
  mkdirSync(path.dirname(KUBECONFIG), { recursive: true });
  const certificate = path.join(path.dirname(kubeconfig), 'certificates/apiserver.crt');
  writeFileSync(KUBECONFIG, kubeconfigOf(api, certificate), { mode: 0o600 });
  process.once('exit', () => rmSync(KUBECONFIG, { force: true }));
}

const PATIENCE_MS = 300_000;

async function untilReady(cluster: LocalCluster, resources: readonly Manifest[], { say }: Progress): Promise<void> {
  const end = Date.now() + PATIENCE_MS;
  let before = resources.length;
  for (
    let waiting = await notReady(cluster, resources);
    waiting.length > 0;
    waiting = await notReady(cluster, resources)
  ) {
    if (Date.now() > end) {
      say(`not ready after ${PATIENCE_MS / 1000} s: ${waiting.join(', ')}; look at their status by kubectl`);
      return;
    }
    if (waiting.length < before) {
      say(`still starting: ${waiting.join(', ')}`);
      before = waiting.length;
    }
    await sleep(500);
  }
}

/** The addresses of all routes, once Envoy serves them, and of the AgentGateway. */
async function addressesOf(cluster: LocalCluster, agentGateway: string | undefined): Promise<readonly Address[]> {
  const routes = (await list(cluster.api, 'gateway.networking.k8s.io/v1', 'httproutes')) as unknown as HttpRoute[];
  const addresses = routes.map((route) => ({
    url: `${GATEWAY}${prefixOf(route)}`,
    of: `${ownerOf(route)} ${route.metadata.namespace}/${route.metadata.name.replace(/^[a-z]+-/, '')}`,
  }));
  await Promise.all(addresses.map(({ url }) => untilRouted(url)));
  return agentGateway === undefined
    ? addresses
    : [...addresses, { url: agentGateway, of: 'AgentGateway agents/agent-gateway, a KrakenD' }];
}

function ownerOf({ metadata }: HttpRoute): string {
  const { ownerReferences = [] } = metadata as { readonly ownerReferences?: readonly { readonly kind: string }[] };
  return ownerReferences[0]?.kind ?? '';
}

/** Waits until Envoy knows the route and its pod: without the route it answers 404 with no body, and without the pod 503. */
async function untilRouted(url: string): Promise<void> {
  const end = Date.now() + 30_000;
  const isRouted = async () => {
    const response = await fetch(url);
    return response.status !== 503 && (response.status !== 404 || (await response.text()) !== '');
  };
  while (Date.now() < end && !(await isRouted().catch(() => false))) {
    await sleep(200);
  }
}
