import type { PlainObject } from '../../data/plain-object.ts';
import { envVar, keySelector } from '../../kubernetes/pod-spec/container-fields.ts';
import { merge } from '../../kubernetes/pod-spec/strategic-merge.ts';
import type { ApiKey, ProxyConfig } from '../../resources/kaos/runtime-model-api.ts';
import type { EnvVar } from '../../resources/kaos/spec-fields.ts';
import type { KaosRuntimeSettings } from '../../settings.ts';
import { complaintsOf } from '../complaints.ts';
import { failed, type Hold, type Plan } from '../plan.ts';
import { commonPodFields, container, httpGet, podSecurity } from '../workload/container.ts';
import { type ContainerEnvironment, environment, literal, literalIfAny } from '../workload/environment.ts';
import { addressIfAny, mergedTelemetry } from '../workload/telemetry.ts';
import { deployment, planOf, service } from '../workload/workload.ts';
import { configSecret } from './config-names.ts';
import { type ConfigSource, configFromSecret, configFromText } from './config-source.ts';
import { litellmConfig, whyNotTaken } from './litellm-config.ts';
import type { ObservedModelApi } from './observed.ts';

const CONFIG_FOLDER = '/etc/litellm';
const CONFIG_VOLUME = 'litellm-config';
const API_KEY = 'PROXY_API_KEY';
/** KAOS's agents send no key, and newer versions of LiteLLM do not start without one unless they are told to. */
const WITHOUT_KEY = { name: 'LITELLM_DANGEROUSLY_PERMIT_WEAK_OR_UNSET_MASTER_KEY', value: 'true' };
const PYTHON_LEVELS = ['CRITICAL', 'FATAL', 'ERROR', 'WARN', 'WARNING', 'INFO', 'DEBUG', 'NOTSET'];

/** LiteLLM with its configuration. Without `proxyConfig` there would be none to start it with. */
export function planProxy(observed: ObservedModelApi, settings: KaosRuntimeSettings): Plan {
  const { proxyConfig } = observed.spec;
  if (proxyConfig === undefined) {
    return failed('NoProxyConfig', 'mode Proxy needs spec.proxyConfig');
  }
  const source = configSource(observed, proxyConfig, settings);
  return 'outcome' in source ? source : run(observed, { proxyConfig, source }, settings);
}

function configSource(
  observed: ObservedModelApi,
  proxyConfig: ProxyConfig,
  settings: KaosRuntimeSettings,
): ConfigSource | Hold {
  const { fromString } = proxyConfig.configYaml ?? {};
  if (fromString) {
    return whyNotTaken(fromString, proxyConfig.models) ?? configFromText(observed, fromString);
  }
  const secret = configSecret(observed.spec);
  if (secret !== undefined) {
    const place = { path: 'proxyConfig.configYaml.fromSecretKeyRef', field: keySelector };
    const [complaint] = complaintsOf('InvalidConfigYaml', merge(undefined, secret, place).problems);
    return complaint === undefined
      ? configFromSecret(observed, secret, settings)
      : failed(complaint.reason, complaint.message);
  }
  const hasApiKey = apiKey(proxyConfig.apiKey).env.length > 0;
  const telemetry = mergedTelemetry(observed.spec.telemetry, settings).enabled;
  return configFromText(observed, litellmConfig(proxyConfig, { hasApiKey, telemetry }));
}

interface Configured {
  readonly proxyConfig: ProxyConfig;
  readonly source: ConfigSource;
}

function run(observed: ObservedModelApi, { proxyConfig, source }: Configured, settings: KaosRuntimeSettings): Plan {
  const { env, complaints } = proxyEnvironment(observed, proxyConfig, settings);
  const podSpec = {
    ...commonPodFields,
    automountServiceAccountToken: false,
    // LiteLLM's image runs as root.
    securityContext: podSecurity,
    containers: [litellm(observed, env, settings)],
    volumes: [{ name: CONFIG_VOLUME, ...source.volume }],
  };
  const reading = deployment(observed, { podSpec, annotations: source.annotations }, 'DEFAULT_LITELLM_IMAGE');
  return planOf(reading, { children: [service(observed), ...source.children], complaints });
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
      ...(hasMasterKey(spec.container?.env) ? [] : [WITHOUT_KEY]),
    ],
  });
  return { env, complaints: [...key.complaints, ...complaints] };
}

function hasMasterKey(variables: readonly EnvVar[] = []): boolean {
  return variables.some(({ name }) => name === 'LITELLM_MASTER_KEY');
}

/** LiteLLM looks its level up among Python's as it starts, and ends where there is none. There is no TRACE. */
function liteLlmLevel(level: string): string | undefined {
  const name = level.toUpperCase();
  return name === 'TRACE' ? 'DEBUG' : PYTHON_LEVELS.includes(name) ? level : undefined;
}

/** The key itself, or where it is: none for a reference that Kubernetes would refuse. */
function apiKey({ value, valueFrom = {} }: ApiKey = {}): ContainerEnvironment {
  const source = keySource(valueFrom);
  if (value || source === undefined) {
    return { env: literalIfAny(API_KEY, value), complaints: [] };
  }
  const variable = { name: API_KEY, valueFrom: source };
  const reading = merge(undefined, variable, { path: 'proxyConfig.apiKey', field: envVar });
  return {
    env: reading.value === undefined ? [] : [reading.value as EnvVar],
    complaints: complaintsOf('InvalidApiKey', reading.problems),
  };
}

/** A Secret before a ConfigMap, and either before one without a name. */
function keySource({ secretKeyRef, configMapKeyRef }: NonNullable<ApiKey['valueFrom']>): PlainObject | undefined {
  const sources = [...(secretKeyRef ? [{ secretKeyRef }] : []), ...(configMapKeyRef ? [{ configMapKeyRef }] : [])];
  return sources.find((source) => Object.values(source).some(({ name }) => name)) ?? sources[0];
}
