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
const CONFIG = 'model_list: [{model_name: openai/kept, litellm_params: {model: openai/kept-elsewhere}}]';
/** What the fixtures and examples refer to. */
const USERS_OBJECTS = [
  kept('Secret', 's', { k: KEPT_KEY }),
  kept('ConfigMap', 'c', { k: KEPT_KEY }),
  kept('Secret', 'provider', { 'api-key': KEPT_KEY }),
  kept('Secret', 'litellm', { conf: CONFIG, 'config.yaml': CONFIG }),
];
const parents = new Map(fixtureStatuses().map(({ name, parent }) => [name, parent]));
const FIXTURES = fixtureAnswers().flatMap((answered) => {
  const parent = parents.get(answered.name);
  return parent ? liteLlmPods(answered, [parent], USERS_OBJECTS) : [];
});
const EXAMPLES = await Promise.all(
  exampleFiles.map(async (file) => liteLlmPods(await exampleAnswer(file), exampleObjects(file), USERS_OBJECTS)),
);

/** Names, a key and a base that each would be something else if anything on their way took them for its own. */
const HOSTILE_MODELS = [
  'a"b\\c: [x]  - {model_name: y}',
  "it's #1 & $(HOME) $$(LITELLM_LOG) {{ x }} %s",
  'null',
  '1e3',
];
/** These are listed as well. A chat with them is not answered: LiteLLM has the name in a header of its answer. */
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
/** LiteLLM starts, and serves other models, but knows no provider of this one. */
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

describe.each(PODS.map((pod) => [pod.names.join('; '), pod] as const))('LiteLLM, started as by %s', (_names, pod) => {
  it('is alive and ready to the probes of its pod', () => {
    expect(seenOf(pod).probes).toEqual({ liveness: true, readiness: true });
  });

  it('lists what its ModelAPI names, and nothing else', () => {
    const { models } = seenOf(pod);
    const literal = pod.entries.flatMap(({ name }) => (name.endsWith('*') ? [] : [name]));
    expect(models).toEqual(expect.arrayContaining(SERVED.includes(pod) ? literal : []));
    expect(models.filter((model) => !pod.models.some((pattern) => isOf(model, pattern)))).toEqual([]);
  });
});

describe.each(SERVED.map((pod) => [pod.names.join('; '), pod] as const))('a chat at that of %s', (_names, pod) => {
  it('reaches the provider at its address, with its key and its model', () => {
    const { PROXY_API_BASE, PROXY_API_KEY } = environmentOf(pod.pod.container.env, pod.objects);
    const path = PROXY_API_BASE === undefined ? DEFAULT_BASE : expect.stringMatching(`^${API_BASE}`);
    const authorization = `Bearer ${PROXY_API_KEY ?? PROVIDER_KEY}`;
    expect(seenOf(pod).chats).toEqual(calledOf(pod).map(({ model }) => ({ path, model, authorization })));
  });
});

it('values of users arrive as they were written', () => {
  const [pod] = SERVED.filter(({ names }) => names.includes('hostile values, modelapi-llm'));
  const path = `${API_BASE}/v1/$(HOME)/$$`;
  expect(pod && seenOf(pod).chats).toEqual(
    HOSTILE_MODELS.map((model) => ({ path, model, authorization: `Bearer ${HOSTILE_KEY}` })),
  );
});

it('a model of which it knows no provider keeps it from nothing else', () => {
  const [pod] = PODS.filter(({ names }) => names.includes(WITHOUT_PROVIDER));
  expect(pod && seenOf(pod).chats).toEqual([
    expect.stringContaining('There are no healthy deployments for this model'),
  ]);
});

it('its telemetry is sent by the name of its ModelAPI', () => {
  const traces = '/opentelemetry.proto.collector.trace.v1.TraceService/Export';
  const text = expect.stringMatching(/service\.name\W+llm\b/);
  expect(collector.heard).toContainEqual({ path: traces, text });
});

function seenOf(pod: LiteLlmPod): Seen {
  const result = seen.get(pod);
  if (result === undefined || result instanceof Error) {
    throw result ?? new Error('it was not started');
  }
  return result;
}

/** The models to chat with, some model for each pattern, and what the provider knows them by: without its own name. */
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
