import type { KeySelector } from '../../kubernetes/kinds/config-map.ts';
import type { ModelApiSpec } from '../../resources/kaos/runtime-model-api.ts';

/** The name of the ConfigMap that KAOS gives LiteLLM's configuration. */
export function configMapName(modelApiName: string): string {
  return `litellm-config-${modelApiName}`;
}

/** The Secret that holds the configuration, unless it is in the spec itself. */
export function configSecret({ mode, proxyConfig }: ModelApiSpec): KeySelector | undefined {
  const { fromString, fromSecretKeyRef } = proxyConfig?.configYaml ?? {};
  return mode === 'Proxy' && !fromString ? fromSecretKeyRef : undefined;
}
