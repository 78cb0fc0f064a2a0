import type { DesiredObject } from '../../contract.ts';
import { canonicalText, hash, keyedHash } from '../../data/hash.ts';
import { ownField, type PlainObject } from '../../data/plain-object.ts';
import type { KeySelector } from '../../kubernetes/kinds/config-map.ts';
import type { ProxyConfig } from '../../resources/kaos/runtime-model-api.ts';
import type { KaosRuntimeSettings } from '../../settings.ts';
import { mergedTelemetry } from '../workload/telemetry.ts';
import { CONFIG_HASH_ANNOTATION, CONFIG_SECRET_HASH_ANNOTATION } from '../workload/workload.ts';
import { apiKey } from './api-key.ts';
import { configMapName, configSecret } from './config-names.ts';
import { litellmConfig } from './litellm-config.ts';
import type { ObservedModelApi } from './observed.ts';

/** The key of the configuration, and the name of its file. */
const CONFIG_KEY = 'config.yaml';

/** The child with LiteLLM's configuration, if any, its volume, and the annotation that rolls the pods when it changes. */
export interface ConfigSource {
  readonly children: readonly DesiredObject[];
  readonly volume: PlainObject;
  readonly annotations: Readonly<Record<string, string>>;
}

interface DesiredConfigMap extends DesiredObject {
  readonly data: { readonly [CONFIG_KEY]: string };
}

/** The user's own configuration if the spec has one, else the generated one. */
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

/** A configuration in a ConfigMap, which is a child. */
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

/** A configuration in the user's own Secret. Its content is read only if there is a key to hash it with. */
function configFromSecret(
  { namespace, secrets }: ObservedModelApi,
  { name = '', key, optional }: KeySelector,
  { referenceHashKey }: KaosRuntimeSettings,
): ConfigSource {
  const secret = secrets.find(({ metadata }) => metadata.name === name && metadata.namespace === namespace);
  const content = ownField(secret?.data ?? {}, key);
  return {
    children: [],
    volume: { secret: { secretName: name, items: [{ key, path: CONFIG_KEY }], ...(optional && { optional }) } },
    annotations:
      referenceHashKey === undefined || content === undefined
        ? {}
        : { [CONFIG_SECRET_HASH_ANNOTATION]: keyedHash(referenceHashKey, canonicalText([namespace, name, content])) },
  };
}
