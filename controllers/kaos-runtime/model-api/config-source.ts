import type { DesiredObject } from '../../contract.ts';
import { canonicalText, hash, keyedHash } from '../../data/hash.ts';
import type { PlainObject } from '../../data/plain-object.ts';
import type { KeySelector } from '../../kubernetes/kinds/config-map.ts';
import type { ProxyConfig } from '../../resources/kaos/runtime-model-api.ts';
import type { KaosRuntimeSettings } from '../../settings.ts';
import { mergedTelemetry } from '../workload/telemetry.ts';
import { CONFIG_HASH_ANNOTATION, CONFIG_SECRET_HASH_ANNOTATION } from '../workload/workload.ts';
import { apiKey } from './api-key.ts';
import { configMapName, configSecret } from './config-names.ts';
import { litellmConfig } from './litellm-config.ts';
import type { ObservedModelApi } from './observed.ts';

/** The file that LiteLLM is started with. */
const CONFIG_KEY = 'config.yaml';

/** Where LiteLLM's configuration is: what is made for it, what is mounted, and what a change of it changes. */
export interface ConfigSource {
  readonly children: readonly DesiredObject[];
  readonly volume: PlainObject;
  readonly annotations: Readonly<Record<string, string>>;
}

interface DesiredConfigMap extends DesiredObject {
  readonly data: { readonly [CONFIG_KEY]: string };
}

/** The configuration of the user's own, or the generated one. */
export function configSource(
  observed: ObservedModelApi,
  proxyConfig: ProxyConfig,
  settings: KaosRuntimeSettings,
): ConfigSource {
  const secret = configSecret(observed.spec);
  return secret === undefined
    ? configFromText(observed, proxyConfig.configYaml?.fromString || generatedConfig(observed, proxyConfig, settings))
    : configFromSecret(observed, secret, settings);
}

function generatedConfig({ spec }: ObservedModelApi, proxyConfig: ProxyConfig, settings: KaosRuntimeSettings): string {
  const hasApiKey = apiKey(proxyConfig.apiKey).env.length > 0;
  return litellmConfig(proxyConfig, { hasApiKey, telemetry: mergedTelemetry(spec.telemetry, settings).enabled });
}

/** A configuration in a ConfigMap of ours. */
function configFromText({ name, namespace, naming }: ObservedModelApi, text: string): ConfigSource {
  const configMap: DesiredConfigMap = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: configMapName(name), namespace, labels: naming.labels },
    data: { [CONFIG_KEY]: text },
  };
  return {
    children: [configMap],
    volume: { configMap: { name: configMapName(name) } },
    annotations: { [CONFIG_HASH_ANNOTATION]: hash(text) },
  };
}

/** A configuration in a Secret of the user's, which is mounted and, without a key for hashes, never read here. */
function configFromSecret(
  { namespace, secrets }: ObservedModelApi,
  { name = '', key, optional }: KeySelector,
  { referenceHashKey }: KaosRuntimeSettings,
): ConfigSource {
  const secret = secrets.find(({ metadata }) => metadata.name === name && metadata.namespace === namespace);
  const content = secret?.data?.[key];
  return {
    children: [],
    volume: { secret: { secretName: name, items: [{ key, path: CONFIG_KEY }], ...(optional && { optional }) } },
    annotations:
      referenceHashKey === undefined || content === undefined
        ? {}
        : { [CONFIG_SECRET_HASH_ANNOTATION]: keyedHash(referenceHashKey, canonicalText([namespace, name, content])) },
  };
}
