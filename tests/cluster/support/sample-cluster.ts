import type { Manifest } from '../../support/helm.ts';
import { kaosSamples, SAMPLE_FLAGS, VERIFIED_USERS } from '../../support/kaos-samples.ts';
import { needing } from '../../support/needing.ts';
import { renderStdin } from '../../support/rendering.ts';
import { upstreamNeed } from '../../support/upstream.ts';
import { AGENT_NEEDS } from './agent-runtime.ts';
import type { Backend } from './backends.ts';
import { chartGateway } from './chart-objects.ts';
import { type EnvoyGateway, GATEWAY_CLASS, startEnvoyGateway } from './envoy-gateway.ts';
import { backedRoutes, routesOf } from './example-routes.ts';
import { obey } from './obedient-model.ts';
import { startOllama } from './ollama.ts';
import { type Pod, podsOf, runPod } from './pods.ts';
import { freePort } from './processes.ts';
import { type Provider, startProvider } from './provider.ts';
import { sampleImages } from './sample-images.ts';
import { serviceTable, startServiceProxy } from './service-network.ts';

const SAMPLES = kaosSamples();
const TEXTS = SAMPLES.flatMap(({ text = [] }) => text);
export const withSamples = needing(...AGENT_NEEDS, upstreamNeed(TEXTS.length === SAMPLES.length));

/** The keys to which samples refer, which their users create. */
export const KEY = 'sk-of-the-user';
const SECRETS = ['nebius-secrets', 'api-secrets'].map((name) => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name, namespace: 'samples' },
  stringData: { 'api-key': KEY },
}));

/** What `render` makes of all samples in one namespace. */
const OBJECTS: readonly Manifest[] =
  TEXTS.length === 0 ? [] : JSON.parse(renderStdin(TEXTS, ...SAMPLE_FLAGS, ...VERIFIED_USERS).stdout).items;
const PODS = podsOf(OBJECTS);

/** The servers that the pods of all samples share: the proxy of the Services, Envoy with all routes, and models. */
export interface SampleCluster {
  readonly gateway: EnvoyGateway;
  /** The models of OpenAI and Nebius. */
  readonly provider: Provider;
  /** The variables by which pods reach Services. */
  readonly network: Readonly<Record<string, string>>;
  readonly stop: () => Promise<unknown>;
}

/** Starts the servers that all samples share. Their pods come later, sample by sample. */
export async function startSampleCluster(): Promise<SampleCluster> {
  const table = serviceTable(OBJECTS, PODS);
  const port = await freePort();
  const [provider, ollama] = await Promise.all([startProvider(obey), startOllama()]);
  // The machine on which a developer of sample 4 runs Ollama.
  const host = ['host.docker.internal:11434', { host: '127.0.0.1', port: ollama.port }] as const;
  const proxy = await startServiceProxy(new Map([...table, host]));
  const objects = [chartGateway(GATEWAY_CLASS, port), ...backedRoutes(routesOf(OBJECTS), table)];
  const gateway = await startEnvoyGateway(objects, port);
  return {
    gateway,
    provider,
    network: { HTTP_PROXY: `http://127.0.0.1:${proxy.port}`, NO_PROXY: '127.0.0.1' },
    stop: () => Promise.all([gateway, proxy, provider, ollama].map((started) => started.stop())),
  };
}

/** The model of the sample 8. */
const UNUSED = 'modelapi-model-api';

/** The pods of a sample's resources, without models that no Agent calls, because all answers are in the sample. */
export function samplePods(name: string): readonly Pod[] {
  const { objects = [] } = SAMPLES.find((sample) => sample.name === name) ?? {};
  const names = objects.map(({ kind, metadata }) => `${kind.toLowerCase()}-${metadata.name}`);
  return PODS.filter((pod) => names.includes(pod.name) && pod.name !== UNUSED);
}

/** Starts a pod as its Deployment says. A model that Ollama would run answers in these tests' own process. */
export function startSamplePod(pod: Pod, { network, provider }: SampleCluster): Promise<Pick<Backend, 'stop'>> {
  return pod.container.image === 'ollama'
    ? startProvider(obey, { host: pod.ip, port: 11434 })
    : runPod(pod, { images: sampleImages(pod, network, provider.port), objects: [...OBJECTS, ...SECRETS] });
}
