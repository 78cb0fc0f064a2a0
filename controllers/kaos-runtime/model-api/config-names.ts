import type { KeySelector } from '../../kubernetes/kinds/config-map.ts';
import type { ModelApiSpec } from '../../resources/kaos/runtime-model-api.ts';

/** KAOS's name of the ConfigMap with LiteLLM's configuration. */
export function configMapName(modelApiName: string): string {
  return `litellm-config-${modelApiName}`;
}

/** The reference to the Secret with LiteLLM's configuration; undefined if the spec has the configuration itself. */
export function configSecret({ mode, proxyConfig }: ModelApiSpec): KeySelector | undefined {
  const { fromString, fromSecretKeyRef } = proxyConfig?.configYaml ?? {};
  return mode === 'Proxy' && !fromString ? fromSecretKeyRef : undefined;
}
