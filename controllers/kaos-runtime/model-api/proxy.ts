import type { PlainObject } from '../../data/plain-object.ts';
import type { EnvVar } from '../../kubernetes/pod-spec/variables.ts';
import type { ProxyConfig } from '../../resources/kaos/runtime-model-api.ts';
import type { KaosRuntimeSettings } from '../../settings.ts';
import type { Plan } from '../plan.ts';
import { commonPodFields, container, httpGet, podSecurity } from '../workload/container.ts';
import { type ContainerEnvironment, environment, literal, literalIfAny } from '../workload/environment.ts';
import { listeningPort } from '../workload/listening-port.ts';
import { addressIfAny, mergedTelemetry } from '../workload/telemetry.ts';
import { usersContainer } from '../workload/users-container.ts';
import { imageNotSet, mergedPod, planOf, service } from '../workload/workload.ts';
import { apiKey } from './api-key.ts';
import { configChecks } from './config-checks.ts';
import { CONFIG_FILE, CONFIG_FOLDER, CONFIG_VOLUME } from './config-place.ts';
import { type ConfigReading, readConfig } from './config-reading.ts';
import { configRemarks } from './config-remarks.ts';
import { configSource } from './config-source.ts';
import { masterKey } from './master-key.ts';
import type { ObservedModelApi } from './observed.ts';

const CONTAINER = 'model-api';
/** Stands for a missing `proxyConfig`; `configChecks` then holds the ModelAPI. */
const NO_CONFIG: ProxyConfig = { models: [] };
const PYTHON_LEVELS = ['CRITICAL', 'FATAL', 'ERROR', 'WARN', 'WARNING', 'INFO', 'DEBUG', 'NOTSET'];

/** The plan for LiteLLM with its configuration. */
export function planProxy(observed: ObservedModelApi, settings: KaosRuntimeSettings): Plan {
  const { proxyConfig = NO_CONFIG } = observed.spec;
  const reading = readConfig(observed.spec);
  const { env, complaints } = proxyEnvironment(observed, { proxyConfig, reading }, settings);
  const listening = listeningPort(observed, CONTAINER);
  const source = configSource(observed, proxyConfig, settings);
  const podSpec = {
    ...commonPodFields,
    automountServiceAccountToken: false,
    // LiteLLM's image runs as root.
    securityContext: podSecurity,
    containers: [litellm(observed, { env, port: listening.port }, settings)],
    volumes: [{ name: CONFIG_VOLUME, ...source.volume }],
  };
  return planOf(observed, mergedPod(observed, { podSpec, annotations: source.annotations }, settings), {
    children: [service(observed, listening.port), ...source.children],
    complaints,
    remarks: [...listening.complaints, ...configRemarks(observed.spec, reading)],
    checks: configChecks(observed.spec, reading),
    noImageMessage: imageNotSet('DEFAULT_LITELLM_IMAGE'),
  });
}

interface ContainerParts {
  readonly env: readonly EnvVar[];
  /** Where the container listens. */
  readonly port: number;
}

function litellm(
  { spec }: ObservedModelApi,
  { env, port }: ContainerParts,
  { images, resources }: KaosRuntimeSettings,
): PlainObject {
  const handler = httpGet('/health/liveliness', port);
  const times = { handler, timeoutSeconds: 5, failureThreshold: 3 };
  return container(
    {
      name: CONTAINER,
      image: images.litellm,
      args: ['--config', CONFIG_FILE, '--port', String(port)],
      env,
      port,
      probes: {
        liveness: { ...times, initialDelaySeconds: 30, periodSeconds: 10 },
        readiness: { ...times, initialDelaySeconds: 15, periodSeconds: 5 },
      },
      volumeMounts: [{ name: CONFIG_VOLUME, mountPath: CONFIG_FOLDER }],
    },
    { override: spec.container, resources },
  );
}

interface Configuration {
  readonly proxyConfig: ProxyConfig;
  readonly reading: ConfigReading;
}

function proxyEnvironment(
  { name, spec }: ObservedModelApi,
  { proxyConfig, reading }: Configuration,
  settings: KaosRuntimeSettings,
): ContainerEnvironment {
  const { enabled, endpoint } = mergedTelemetry(spec.telemetry, settings);
  const telemetry = [
    { name: 'OTEL_EXPORTER', value: 'otlp_grpc' },
    ...addressIfAny('OTEL_EXPORTER_OTLP_ENDPOINT', endpoint),
    literal('OTEL_SERVICE_NAME', name),
    { name: 'OTEL_PYTHON_EXCLUDED_URLS', value: '/health' },
  ];
  const key = apiKey(proxyConfig.apiKey);
  const { modelApiMasterKeySecret: secretName } = settings;
  const callersKey = masterKey({ users: usersContainer(spec, CONTAINER), reading, secretName });
  const { env, complaints } = environment({
    before: [...literalIfAny('PROXY_API_BASE', proxyConfig.apiBase), ...key.env],
    user: spec.container?.env,
    fallback: [
      ...literalIfAny('LITELLM_LOG', liteLlmLevel(settings.logLevel)),
      ...(enabled ? telemetry : []),
      ...callersKey.env,
    ],
  });
  return { env, complaints: [...key.complaints, ...callersKey.complaints, ...complaints] };
}

/** The log level for LiteLLM, which exits if Python does not have the level. TRACE becomes DEBUG. */
function liteLlmLevel(level: string): string | undefined {
  const name = level.toUpperCase();
  return name === 'TRACE' ? 'DEBUG' : PYTHON_LEVELS.includes(name) ? level : undefined;
}
