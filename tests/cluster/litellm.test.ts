import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { modelApi, sync } from '../support/kaos.ts';
import { exampleAnswer, exampleFiles, exampleObjects, fixtureAnswers, fixtureStatuses } from './support/answers.ts';
import { environmentOf } from './support/container-environment.ts';
import { inParallel } from './support/in-parallel.ts';
import { API_BASE, DEFAULT_BASE, PROVIDER_KEY, runLiteLlm, type Seen } from './support/litellm.ts';
import { distinct, type LiteLlmPod, liteLlmPods } from './support/litellm-pods.ts';
import { type Collector, startCollector } from './support/otlp-collector.ts';
import { type Provider, startProvider } from './support/provider.ts';

const KEPT_KEY = 'of-a-secret';
const CONFIG = `model_list: [{model_name: openai/kept, litellm_params: {model: openai/kept-elsewhere}}]
general_settings: {master_key: sk-kept}`;
/** The Secrets and ConfigMaps to which fixtures and examples refer. */
const USERS_OBJECTS = [
  kept('Secret', 's', { k: KEPT_KEY }),
  kept('ConfigMap', 'c', { k: KEPT_KEY }),
  kept('Secret', 'provider', { 'api-key': KEPT_KEY }),
  kept('Secret', 'litellm', { conf: CONFIG, 'config.yaml': CONFIG, 'master-key': 'sk-kept' }),
];
const parents = new Map(fixtureStatuses().map(({ name, parent }) => [name, parent]));
const FIXTURES = fixtureAnswers().flatMap((answered) => {
  const parent = parents.get(answered.name);
  return parent ? liteLlmPods(answered, [parent], USERS_OBJECTS) : [];
});
const EXAMPLES = await Promise.all(
  exampleFiles.map(async (file) => liteLlmPods(await exampleAnswer(file), exampleObjects(file), USERS_OBJECTS)),
);

/** Model names that would change if YAML, a shell or Kubernetes interpreted them; so would the key and base below. */
const HOSTILE_MODELS = [
  'a"b\\c: [x]  - {model_name: y}',
  "it's #1 & $(HOME) $$(LITELLM_LOG) {{ x }} %s",
  'null',
  '1e3',
];
/** LiteLLM lists these too, but cannot answer a chat: it puts the name into a header of its answer. */
const LISTED_MODELS = ['a\nlitellm_settings: {}', 'ünïcödé 🦜\u2028\t'];
const HOSTILE_KEY = 'sk-$(HOME)-$$-$(PROXY_API_BASE)-$$(X)-"\'\\ #&*{}';
const HOSTILE = modelApi({
  proxyConfig: {
    models: [...HOSTILE_MODELS, ...LISTED_MODELS],
    provider: 'openai',
    apiBase: 'http://llm.example/v1/$(HOME)/$$',
    apiKey: { value: HOSTILE_KEY },
  },
  container: { env: [{ name: 'LITELLM_MASTER_KEY', value: 'sk-of-$(OTEL_SERVICE_NAME)' }] },
});
const SETTINGS = { DEFAULT_LOG_LEVEL: 'trace' };
const HOSTILE_PODS = liteLlmPods(
  { name: 'hostile values', children: sync({ parent: HOSTILE, settings: SETTINGS }).children },
  [HOSTILE],
  [],
);

const PODS = distinct([...FIXTURES, ...EXAMPLES.flat(), ...HOSTILE_PODS]);
/** LiteLLM starts and serves other models, but does not know the provider of this one. */
const WITHOUT_PROVIDER = 'kaos-runtime-modelapi/model-with-quotes.sync, modelapi-llm';
const SERVED = PODS.filter(({ names }) => !names.includes(WITHOUT_PROVIDER));

let provider: Provider;
let collector: Collector;
let seen: ReadonlyMap<LiteLlmPod, Seen | Error>;

beforeAll(async () => {
  [provider, collector] = await Promise.all([
    startProvider((_question, call) => JSON.stringify(call)),
    startCollector(),
  ]);
  const around = { provider: `http://127.0.0.1:${provider.port}`, collector };
  const run = async (pod: LiteLlmPod) => {
    const names = calledOf(pod).map(({ name }) => name);
    return [pod, await runLiteLlm(pod, names, around).catch((error: Error) => error)] as const;
  };
  seen = new Map(await inParallel(PODS, 2, run));
}, 900_000);

afterAll(() => Promise.all([provider?.stop(), collector?.stop()]));

describe.each(PODS.map((pod) => [pod.names.join('; '), pod] as const))('LiteLLM, started as in %s', (_names, pod) => {
  it('answers the probes of its pod', () => {
    expect(seenOf(pod).probes).toEqual({ liveness: true, readiness: true });
  });

  it('lists the models of its ModelAPI, and no others', () => {
    const { models } = seenOf(pod);
    const literal = pod.entries.flatMap(({ name }) => (name.endsWith('*') ? [] : [name]));
    expect(models).toEqual(expect.arrayContaining(SERVED.includes(pod) ? literal : []));
    expect(models.filter((model) => !pod.models.some((pattern) => isOf(model, pattern)))).toEqual([]);
  });
});

describe.each(SERVED.map((pod) => [pod.names.join('; '), pod] as const))('a chat with LiteLLM of %s', (_names, pod) => {
  it('reaches the provider with its address, key and model', () => {
    const { PROXY_API_BASE, PROXY_API_KEY } = environmentOf(pod.pod.container.env, pod.objects);
    const path = PROXY_API_BASE === undefined ? DEFAULT_BASE : expect.stringMatching(`^${API_BASE}`);
    const authorization = `Bearer ${PROXY_API_KEY ?? PROVIDER_KEY}`;
    expect(seenOf(pod).chats).toEqual(calledOf(pod).map(({ model }) => ({ path, model, authorization })));
  });
});

it('LiteLLM sends the values of users unchanged', () => {
  const [pod] = SERVED.filter(({ names }) => names.includes('hostile values, modelapi-llm'));
  const path = `${API_BASE}/v1/$(HOME)/$$`;
  expect(pod && seenOf(pod).chats).toEqual(
    HOSTILE_MODELS.map((model) => ({ path, model, authorization: `Bearer ${HOSTILE_KEY}` })),
  );
});

it('LiteLLM starts with a model of an unknown provider, and refuses chats with that model', () => {
  const [pod] = PODS.filter(({ names }) => names.includes(WITHOUT_PROVIDER));
  expect(pod && seenOf(pod).chats).toEqual([
    expect.stringContaining('There are no healthy deployments for this model'),
  ]);
});

it('LiteLLM sends telemetry with the name of its ModelAPI', () => {
  const traces = '/opentelemetry.proto.collector.trace.v1.TraceService/Export';
  const text = expect.stringMatching(/service\.name\W+llm\b/);
  expect(collector.heard).toContainEqual({ path: traces, text });
});

function seenOf(pod: LiteLlmPod): Seen {
  const result = seen.get(pod);
  if (result === undefined || result instanceof Error) {
    throw result ?? new Error('LiteLLM was not started');
  }
  return result;
}

/** The models to chat with, one for each pattern, and their names at the provider, which lack its prefix. */
function calledOf({ entries }: LiteLlmPod): { readonly name: string; readonly model: string }[] {
  const some = (pattern: string) => pattern.replace(/\*$/, 'some-model');
  return entries
    .filter(({ name }) => !LISTED_MODELS.includes(name))
    .map(({ name, model }) => ({ name: some(name), model: some(model).replace(/^[^/]*\//, '') }));
}

function isOf(model: string, pattern: string): boolean {
  return pattern.endsWith('*') ? model.startsWith(pattern.slice(0, -1)) : model === pattern;
}

function kept(kind: string, name: string, stringData: object) {
  return { apiVersion: 'v1', kind, metadata: { name }, stringData };
}
