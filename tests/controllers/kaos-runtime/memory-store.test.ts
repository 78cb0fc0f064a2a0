import { describe, expect, it } from 'vitest';
import { memoryStore, modelApi, observed, ready, related, sync } from '../../support/kaos.ts';

const LLM = ready(modelApi());
const EMBEDDER = ready(modelApi(), 'embedder');
const EXTERNAL = { type: 'external', external: { connectionSecretRef: { name: 'db', key: 'dsn' } } };
const sized = (size: string) => ({ type: 'local', local: { persistentVolume: { size } } });

describe('a MemoryStore whose CRD does not demand what it needs', () => {
  it.each([
    ['storage', { storage: undefined }, 'spec.storage.type is not set; expected local or external'],
    ['models', { models: undefined }, 'spec.models is not set; expected summarization and embedding'],
    ['a connection', { storage: { type: 'external' } }, 'spec.storage.external.connectionSecretRef is not set'],
    ['a valid size', { storage: sized('big') }, 'size: "big" is not valid; expected a size such as 5Gi'],
    ['a size above zero', { storage: sized('0') }, 'size: "0" is not valid; expected a size such as 5Gi'],
  ])('fails without %s, and says what to write', (_what, spec, message) => {
    const { conditions, status, children } = sync({ parent: memoryStore(spec), related: [LLM] });
    expect({ phase: status.phase, children }).toEqual({ phase: 'Failed', children: [] });
    expect(conditions['Accepted']).toMatchObject({ status: 'False', reason: 'IncompleteSpec' });
    expect(status.message).toContain(message);
  });
});

describe('the pods of a MemoryStore', () => {
  it.each([
    ['local storage', {}, 1, []],
    ['local storage and three pods', { replicas: 3 }, 1, []],
    ['external storage', { storage: EXTERNAL }, 2, ['PodDisruptionBudget']],
    ['external storage and one pod', { storage: EXTERNAL, replicas: 1 }, 1, []],
    ['external storage and three pods', { storage: EXTERNAL, replicas: 3 }, 3, ['PodDisruptionBudget']],
  ])('with %s', (_what, spec, replicas, budgets) => {
    const { deployment, kinds } = sync({ parent: memoryStore(spec), related: [LLM] });
    expect(deployment.spec.replicas).toBe(replicas);
    expect(kinds.filter((kind) => kind === 'PodDisruptionBudget')).toEqual(budgets);
  });

  it('stay as many while the store waits: without the field the API server would leave one', () => {
    const parent = memoryStore({ storage: EXTERNAL, replicas: 3 });
    const children = observed(sync({ parent, related: [LLM] }).children);
    const { deployment, status } = sync({ parent, children });
    expect(deployment.spec.replicas).toBe(3);
    expect(status).toMatchObject({ phase: 'Pending', ready: false });
  });

  it('that cannot be used are told', () => {
    const { conditions } = sync({ parent: memoryStore({ replicas: 3 }), related: [LLM] });
    expect(conditions['Accepted']?.message).toContain('spec.replicas: 3 is not used');
  });

  it('KAOS 0.8, row 5: get every variable of KAOS in its order, then those of the user, which win', () => {
    const { names, env } = sync({ parent: memoryStore(EVERYTHING), related: [LLM] });
    expect(names.map((name) => name.replace('KAOS_MEMORY_', ''))).toEqual(EXPECTED_NAMES);
    expect(env).toMatchObject({
      KAOS_MEMORY_MODEL_BASE_URL: 'http://modelapi-llm.team.svc.cluster.local:8000/v1',
      KAOS_MEMORY_LONG_TERM_ENABLED: 'false',
      KAOS_MEMORY_EXTRACTION_MAX_RETRIES: '0',
      KAOS_MEMORY_DEFAULT_FAILURE_MODE: 'strict',
      OTEL_SERVICE_NAME: 'memorystore-notes',
    });
  });

  it('send the key of all proxies, if there is one', () => {
    const settings = { MODEL_API_MASTER_KEY_SECRET: 'keys' };
    const { container } = sync({ parent: memoryStore(), related: [LLM], settings });
    expect(container.env.at(-1)).toEqual({
      name: 'KAOS_MEMORY_MODEL_API_KEY',
      valueFrom: { secretKeyRef: { name: 'keys', key: 'master-key' } },
    });
  });
});

const EVERYTHING = {
  storage: {
    type: 'external',
    external: { connectionSecretRef: { name: 'db', key: 'dsn' }, collection: 'c', embeddingDims: 3 },
  },
  shortTerm: { tokenBudget: 9, hardEventCap: 8 },
  mediumTerm: { enabled: true, compactionTrigger: 7, compactionTarget: 6, digestRetention: 5, systemPrompt: 's' },
  longTerm: {
    enabled: false,
    defaultTopK: 4,
    scoreThreshold: 0.5,
    rerank: true,
    extraction: { concurrency: 3, maxRetries: 0, systemPrompt: 'e' },
  },
  requestConcurrency: 2,
  defaultFailureMode: 'strict',
  telemetry: { enabled: true, endpoint: 'http://collector:4317' },
  container: { env: [{ name: 'MINE', value: '1' }] },
};

const EXPECTED_NAMES = [
  'STORAGE_TYPE',
  'EXTERNAL_DSN',
  'EXTERNAL_DIMS',
  'EXTERNAL_COLLECTION',
  'MODEL_BASE_URL',
  'SUMMARIZATION_MODEL',
  'EMBEDDING_MODEL',
  'TOKEN_BUDGET',
  'HARD_EVENT_CAP',
  'ROLLING_SUMMARY',
  'COMPACTION_TRIGGER',
  'COMPACTION_TARGET',
  'DIGEST_RETENTION',
  'SUMMARIZATION_SYSTEM_PROMPT',
  'LONG_TERM_ENABLED',
  'DEFAULT_TOP_K',
  'SCORE_THRESHOLD',
  'RERANK',
  'EXTRACTION_CONCURRENCY',
  'EXTRACTION_MAX_RETRIES',
  'EXTRACTION_SYSTEM_PROMPT',
  'REQUEST_CONCURRENCY',
  'DEFAULT_FAILURE_MODE',
  'OTEL_SDK_DISABLED',
  'OTEL_SERVICE_NAME',
  'OTEL_EXPORTER_OTLP_ENDPOINT',
  'OTEL_RESOURCE_ATTRIBUTES',
  'OTEL_PYTHON_FASTAPI_EXCLUDED_URLS',
  'MINE',
];

describe('a MemoryStore waits', () => {
  const models = {
    summarization: { modelAPI: 'llm', model: 'm' },
    embedding: { modelAPI: 'embedder', model: 'e' },
  };

  it.each([
    [[], 'summarization ModelAPI "llm" not found'],
    [[ready(modelApi(), 'llm', false)], 'summarization ModelAPI "llm" is not ready'],
    [[LLM], 'embedding ModelAPI "embedder" not found'],
    [[LLM, ready(modelApi(), 'embedder', false)], 'embedding ModelAPI "embedder" is not ready'],
  ])('with %j, and nothing is made', (found, message) => {
    const { status, children } = sync({ parent: memoryStore({ models }), related: found });
    expect(status).toMatchObject({ phase: 'Pending', ready: false, message });
    expect(children).toEqual([]);
  });

  it('for both ModelAPIs, and tells that only one is called', () => {
    const { status, conditions, env } = sync({ parent: memoryStore({ models }), related: [LLM, EMBEDDER] });
    expect(status).toMatchObject({ endpoint: 'http://memorystore-notes.team.svc.cluster.local:8080' });
    expect(env['KAOS_MEMORY_MODEL_BASE_URL']).toBe('http://modelapi-llm.team.svc.cluster.local:8000/v1');
    expect(conditions['Accepted']?.message).toContain('spec.models.embedding.modelAPI: "embedder" is only waited for');
  });

  it('and Metacontroller is asked for them, and for objects with the names of its children', () => {
    const rules = related(memoryStore({ models })).map(({ resource, names }) => `${resource} ${names}`);
    expect(rules).toEqual([
      'modelapis embedder,llm',
      'deployments memorystore-notes',
      'services memorystore-notes',
      'persistentvolumeclaims memorystore-notes-data',
    ]);
  });
});
