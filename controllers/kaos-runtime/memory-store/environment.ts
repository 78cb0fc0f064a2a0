import type { EnvVar } from '../../kubernetes/pod-spec/variables.ts';
import { namingOf } from '../../resources/kaos/naming.ts';
import type { MemoryStoreSpec } from '../../resources/kaos/runtime-memory-store.ts';
import type { Settings } from '../../settings.ts';
import { serviceAddress } from '../gateway/addresses.ts';
import { type ContainerEnvironment, environment, literal } from '../workload/environment.ts';
import { proxyKey } from '../workload/master-key-secret.ts';
import { telemetryVariables } from '../workload/telemetry.ts';
import type { ObservedMemoryStore } from './observed.ts';

/** Where the volume is mounted. */
export const DATA_PATH = '/data/memory';
const PREFIX = 'KAOS_MEMORY_';
/** The default of KAOS's CRD, which nothing fills in offline. */
const EMBEDDING_DIMS = 1536;

/** The variables of the memory service, in the KAOS operator's order. The user's own come last and win. */
export function memoryEnvironment(observed: ObservedMemoryStore, settings: Settings): ContainerEnvironment {
  const { spec, naming, namespace, summarization } = observed;
  const { kaosRuntime } = settings;
  const owner = { name: naming.serviceName, namespace };
  return environment({
    before: [
      ...storageVariables(spec),
      ...modelVariables(observed, settings),
      ...conversationVariables(spec),
      ...longTermVariables(spec),
      ...ifSet('REQUEST_CONCURRENCY', spec.requestConcurrency),
      ...ifSet('DEFAULT_FAILURE_MODE', spec.defaultFailureMode),
      ...telemetryVariables(owner, spec.telemetry, kaosRuntime),
    ],
    user: spec.container?.env,
    fallback: proxyKey(`${PREFIX}MODEL_API_KEY`, summarization, kaosRuntime),
  });
}

/** A variable, unless the field is absent or empty. */
function ifSet(name: string, value: string | number | boolean | undefined): readonly EnvVar[] {
  return value === undefined || value === '' ? [] : [literal(`${PREFIX}${name}`, String(value))];
}

function storageVariables({ storage }: MemoryStoreSpec): readonly EnvVar[] {
  const { local, external } = storage ?? {};
  if (storage?.type !== 'external') {
    return [
      ...ifSet('STORAGE_TYPE', storage?.type),
      ...ifSet('LOCAL_PATH', DATA_PATH),
      ...ifSet('LOCAL_COLLECTION', local?.collection),
    ];
  }
  return [
    ...ifSet('STORAGE_TYPE', 'external'),
    ...connection(external?.connectionSecretRef),
    ...ifSet('EXTERNAL_DIMS', external?.embeddingDims ?? EMBEDDING_DIMS),
    ...ifSet('EXTERNAL_COLLECTION', external?.collection),
  ];
}

type External = NonNullable<NonNullable<MemoryStoreSpec['storage']>['external']>;

function connection({ name, ...others }: External['connectionSecretRef'] = { key: '' }): readonly EnvVar[] {
  return name ? [{ name: `${PREFIX}EXTERNAL_DSN`, valueFrom: { secretKeyRef: { name, ...others } } }] : [];
}

/** The service has one address for both models, that of the ModelAPI for summaries. */
function modelVariables(
  { spec, namespace, summarization }: ObservedMemoryStore,
  settings: Settings,
): readonly EnvVar[] {
  const address =
    summarization &&
    serviceAddress({ name: summarization.metadata.name, namespace, naming: namingOf(summarization) }, settings);
  return [
    ...ifSet('MODEL_BASE_URL', address && `${address}/v1`),
    ...ifSet('SUMMARIZATION_MODEL', spec.models?.summarization.model),
    ...ifSet('EMBEDDING_MODEL', spec.models?.embedding.model),
  ];
}

function conversationVariables({ shortTerm, mediumTerm }: MemoryStoreSpec): readonly EnvVar[] {
  return [
    ...ifSet('TOKEN_BUDGET', shortTerm?.tokenBudget),
    ...ifSet('HARD_EVENT_CAP', shortTerm?.hardEventCap),
    ...ifSet('ROLLING_SUMMARY', mediumTerm?.enabled),
    ...ifSet('COMPACTION_TRIGGER', mediumTerm?.compactionTrigger),
    ...ifSet('COMPACTION_TARGET', mediumTerm?.compactionTarget),
    ...ifSet('DIGEST_RETENTION', mediumTerm?.digestRetention),
    ...ifSet('SUMMARIZATION_SYSTEM_PROMPT', mediumTerm?.systemPrompt),
  ];
}

function longTermVariables({ longTerm }: MemoryStoreSpec): readonly EnvVar[] {
  const { enabled, defaultTopK, scoreThreshold, rerank, extraction } = longTerm ?? {};
  return [
    ...ifSet('LONG_TERM_ENABLED', enabled),
    ...ifSet('DEFAULT_TOP_K', defaultTopK),
    ...ifSet('SCORE_THRESHOLD', scoreThreshold),
    ...ifSet('RERANK', rerank),
    ...ifSet('EXTRACTION_CONCURRENCY', extraction?.concurrency),
    ...ifSet('EXTRACTION_MAX_RETRIES', extraction?.maxRetries),
    ...ifSet('EXTRACTION_SYSTEM_PROMPT', extraction?.systemPrompt),
  ];
}
