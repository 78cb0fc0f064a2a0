import { Type } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';
import { isPlainObject, withoutNulls } from '../../data/plain-object.ts';
import { quote } from '../../data/quote.ts';
import { readYaml, toQuotedYaml } from '../../data/yaml.ts';
import { misfitOf } from '../../misfit.ts';
import type { ProxyConfig } from '../../resources/kaos/runtime-model-api.ts';
import { isSupported, listed } from '../model-match.ts';
import { failed, type Hold } from '../plan.ts';

const HEAD = '# Generated from the ModelAPI: changes here are lost.\n';
const SETTINGS = 'litellm_settings:\n  drop_params: true\n';
const TELEMETRY = '  success_callback: ["otel"]\n  failure_callback: ["otel"]\n';

interface Options {
  /** Whether the pod has PROXY_API_KEY. */
  readonly hasApiKey: boolean;
  readonly telemetry: boolean;
}

/** LiteLLM's configuration: built as an object, so that no model's name can become anything else than a name. */
export function litellmConfig({ models, provider, apiBase }: ProxyConfig, { hasApiKey, telemetry }: Options): string {
  const modelList = models.map((model) => ({
    model_name: model,
    litellm_params: {
      model: provider ? `${provider}/${model}` : model,
      ...(apiBase && { api_base: 'os.environ/PROXY_API_BASE' }),
      ...(hasApiKey && { api_key: 'os.environ/PROXY_API_KEY' }),
    },
  }));
  return `${HEAD}${toQuotedYaml({ model_list: modelList })}\n${SETTINGS}${telemetry ? TELEMETRY : ''}`;
}

/** What KAOS reads of a configuration. */
const Configuration = Type.Object({
  model_list: Type.Optional(Type.Array(Type.Object({ model_name: Type.Optional(Type.String()) }))),
});

/** Why a configuration of the user's own is not taken: no YAML, or a model that the ModelAPI does not name. */
export function whyNotTaken(text: string, models: readonly string[]): Hold | undefined {
  const reading = readYaml(text);
  if (reading.outcome === 'refused') {
    return notParsed(reading.why);
  }
  // LiteLLM ends where there is nothing but comments.
  if (!isPlainObject(reading.value)) {
    return notParsed('expected a map of settings');
  }
  const configuration = withoutNulls(reading.value);
  if (!Value.Check(Configuration, configuration)) {
    return notParsed(whyMisfit(configuration));
  }
  const names = (configuration.model_list ?? []).map(({ model_name = '' }) => model_name);
  const unknown = names.find((name) => !isSupported(name, models));
  return unknown === undefined
    ? undefined
    : failed(
        'ModelNotSupported',
        `model_name ${quote(unknown)} in configYaml not found in models list ${listed(models)}`,
      );
}

function notParsed(why: string): Hold {
  return failed('InvalidConfigYaml', `failed to parse configYaml: ${why}`);
}

function whyMisfit(configuration: unknown): string {
  const error = Value.Errors(Configuration, configuration).First();
  const { field, expected } = error ? misfitOf(error) : { field: 'model_list', expected: 'does not fit' };
  return `${field}: ${expected}`;
}
