import { toQuotedYaml } from '../../data/yaml.ts';
import type { ProxyConfig } from '../../resources/kaos/runtime-model-api.ts';

/** The provider is written once for each model, so a long one would multiply. A longer one is refused, and never used. */
export const LONGEST_PROVIDER = 100;

const HEAD = '# Generated from the ModelAPI: changes here are lost.\n';
const SETTINGS = 'litellm_settings:\n  drop_params: true\n';
const TELEMETRY = '  success_callback: ["otel"]\n  failure_callback: ["otel"]\n';

interface Options {
  /** Whether the pod has the variable PROXY_API_KEY. */
  readonly hasApiKey: boolean;
  readonly telemetry: boolean;
}

/** LiteLLM's configuration as YAML. It is built as an object, so that a model's name cannot break the YAML. */
export function litellmConfig({ models, provider, apiBase }: ProxyConfig, { hasApiKey, telemetry }: Options): string {
  const modelList = models.map((model) => ({
    model_name: model,
    litellm_params: {
      model: provider ? `${provider.slice(0, LONGEST_PROVIDER)}/${model}` : model,
      ...(apiBase && { api_base: 'os.environ/PROXY_API_BASE' }),
      ...(hasApiKey && { api_key: 'os.environ/PROXY_API_KEY' }),
    },
  }));
  return `${HEAD}${toQuotedYaml({ model_list: modelList })}\n${SETTINGS}${telemetry ? TELEMETRY : ''}`;
}
