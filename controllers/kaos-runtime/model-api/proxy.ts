import { isPlainObject, type PlainObject } from '../../data/plain-object.ts';
import type { EnvVar } from '../../kubernetes/pod-spec/variables.ts';
import type { ProxyConfig } from '../../resources/kaos/runtime-model-api.ts';
import type { KaosRuntimeSettings } from '../../settings.ts';
import type { Plan } from '../plan.ts';
import { commonPodFields, container, httpGet, podSecurity } from '../workload/container.ts';
import { type ContainerEnvironment, environment, literal, literalIfAny } from '../workload/environment.ts';
import { addressIfAny, mergedTelemetry } from '../workload/telemetry.ts';
import { imageNotSet, mergedPod, planOf, service } from '../workload/workload.ts';
import { apiKey } from './api-key.ts';
import { configChecks } from './config-checks.ts';
import { configSource } from './config-source.ts';
import type { ObservedModelApi } from './observed.ts';

const CONFIG_FOLDER = '/etc/litellm';
const CONFIG_VOLUME = 'litellm-config';
/** Stands for a missing `proxyConfig`; `configChecks` then holds the ModelAPI. */
const NO_CONFIG: ProxyConfig = { models: [] };
/** KAOS's agents send no key. Newer versions of LiteLLM need this variable to start without a master key. */
const ALLOW_NO_MASTER_KEY = { name: 'LITELLM_DANGEROUSLY_PERMIT_WEAK_OR_UNSET_MASTER_KEY', value: 'true' };
const PYTHON_LEVELS = ['CRITICAL', 'FATAL', 'ERROR', 'WARN', 'WARNING', 'INFO', 'DEBUG', 'NOTSET'];

/** The plan for LiteLLM with its configuration. */
export function planProxy(observed: ObservedModelApi, settings: KaosRuntimeSettings): Plan {
  const { proxyConfig = NO_CONFIG } = observed.spec;
  const { env, complaints } = proxyEnvironment(observed, proxyConfig, settings);
  const source = configSource(observed, proxyConfig, settings);
  const podSpec = {
    ...commonPodFields,
    automountServiceAccountToken: false,
    // LiteLLM's image runs as root.
    securityContext: podSecurity,
    containers: [litellm(observed, env, settings)],
    volumes: [{ name: CONFIG_VOLUME, ...source.volume }],
  };
  return planOf(observed, mergedPod(observed, { podSpec, annotations: source.annotations }, settings), {
    children: [service(observed), ...source.children],
    complaints,
    checks: configChecks(observed.spec),
    noImageMessage: imageNotSet('DEFAULT_LITELLM_IMAGE'),
  });
}

function litellm(
  { naming, spec }: ObservedModelApi,
  env: readonly EnvVar[],
  { images, resources }: KaosRuntimeSettings,
): PlainObject {
  const { servicePort: port } = naming;
  const handler = httpGet('/health/liveliness', port);
  const times = { handler, timeoutSeconds: 5, failureThreshold: 3 };
  return container(
    {
      name: 'model-api',
      image: images.litellm,
      args: ['--config', `${CONFIG_FOLDER}/config.yaml`, '--port', String(port)],
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

function proxyEnvironment(
  { name, spec }: ObservedModelApi,
  proxyConfig: ProxyConfig,
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
  const { env, complaints } = environment({
    before: [...literalIfAny('PROXY_API_BASE', proxyConfig.apiBase), ...key.env],
    user: spec.container?.env,
    fallback: [
      ...literalIfAny('LITELLM_LOG', liteLlmLevel(settings.logLevel)),
      ...(enabled ? telemetry : []),
      ...(hasMasterKey(spec.container?.env) ? [] : [ALLOW_NO_MASTER_KEY]),
    ],
  });
  return { env, complaints: [...key.complaints, ...complaints] };
}

/** Whether the user sets a master key, even in a variable that is refused: LiteLLM must then not start without one. */
function hasMasterKey(variables: readonly unknown[] = []): boolean {
  return variables.some((variable) => isPlainObject(variable) && variable['name'] === 'LITELLM_MASTER_KEY');
}

/** The log level for LiteLLM, which exits if Python does not have the level. TRACE becomes DEBUG. */
function liteLlmLevel(level: string): string | undefined {
  const name = level.toUpperCase();
  return name === 'TRACE' ? 'DEBUG' : PYTHON_LEVELS.includes(name) ? level : undefined;
}
