import { quote } from '../../data/quote.ts';
import type { KeySelector } from '../../kubernetes/kinds/config-map.ts';
import { merge } from '../../kubernetes/pod-spec/strategic-merge.ts';
import { keySelector } from '../../kubernetes/pod-spec/variable-fields.ts';
import type { ModelApiSpec } from '../../resources/kaos/runtime-model-api.ts';
import { mergeMessage } from '../complaint.ts';
import { type Check, failed } from '../hold.ts';
import { listed, supporting } from '../model-match.ts';
import { configFaults } from './config-faults.ts';
import { configSecret } from './config-names.ts';
import { CONFIG_YAML } from './config-place.ts';
import { type ConfigReading, isMap } from './config-reading.ts';
import { LONGEST_PROVIDER } from './litellm-config.ts';

/** Checks LiteLLM's configuration. LiteLLM cannot start without one, so `proxyConfig` is required. */
export function configChecks(spec: ModelApiSpec, reading: ConfigReading): readonly Check[] {
  const { models = [], provider } = spec.proxyConfig ?? {};
  const badSelector = selectorProblem(configSecret(spec));
  return [
    spec.proxyConfig === undefined &&
      failed('NoProxyConfig', 'spec.proxyConfig is not set, but spec.mode is Proxy; set spec.proxyConfig.models'),
    (provider?.length ?? 0) > LONGEST_PROVIDER &&
      failed('InvalidProvider', `spec.proxyConfig.provider: expected at most ${LONGEST_PROVIDER} characters`),
    ...yamlChecks(reading, models),
    badSelector !== undefined && failed('InvalidConfigYaml', badSelector),
  ];
}

/** Checks the user's own configuration: LiteLLM must start with it, and its models must be in `proxyConfig.models`. */
function yamlChecks(reading: ConfigReading, models: readonly string[]): readonly Check[] {
  if (reading.source === 'refused') {
    return [failed('InvalidConfigYaml', `failed to parse configYaml: ${reading.why}`)];
  }
  const configuration = reading.source === 'text' ? reading.configuration : {};
  const faults = configFaults(configuration);
  const isKnown = supporting(models);
  const unknown = modelNames(configuration['model_list']).find((name) => !isKnown(name));
  return [
    faults.length > 0 && failed('InvalidConfigYaml', `${CONFIG_YAML}.fromString: ${faults.join('; ')}`),
    unknown !== undefined &&
      failed(
        'ModelNotSupported',
        `model_name ${quote(unknown)} in configYaml not found in models list ${listed(models)}`,
      ),
  ];
}

function modelNames(list: unknown): readonly string[] {
  const names = Array.isArray(list) ? list.filter(isMap).map(({ model_name }) => model_name) : [];
  return names.filter((name) => typeof name === 'string');
}

/** Why Kubernetes would refuse the reference to a Secret; undefined if it takes it. */
function selectorProblem(selector: KeySelector | undefined): string | undefined {
  const place = { path: 'proxyConfig.configYaml.fromSecretKeyRef', field: keySelector };
  const [problem] = selector === undefined ? [] : merge(undefined, selector, place).problems;
  return problem && mergeMessage(problem);
}
