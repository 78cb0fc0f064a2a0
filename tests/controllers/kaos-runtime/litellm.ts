import type { KubernetesObject } from '../../support/gateways.ts';
import { modelApi, sync } from '../../support/kaos.ts';

/** A ModelAPI in mode Proxy. */
export const proxy = (proxyConfig: object, more: object = {}) =>
  modelApi({ proxyConfig: { models: ['openai/*'], ...proxyConfig }, ...more });

/** The configuration that LiteLLM gets. */
export function config(parent: KubernetesObject, settings = {}): string {
  return sync({ parent, settings }).configMap.data['config.yaml'];
}
