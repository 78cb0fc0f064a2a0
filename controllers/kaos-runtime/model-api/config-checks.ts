import { Type } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';
import { isPlainObject, withoutNulls } from '../../data/plain-object.ts';
import { quote } from '../../data/quote.ts';
import { readYaml } from '../../data/yaml.ts';
import type { KeySelector } from '../../kubernetes/kinds/config-map.ts';
import { merge } from '../../kubernetes/pod-spec/strategic-merge.ts';
import { keySelector } from '../../kubernetes/pod-spec/variable-fields.ts';
import { misfitTextOf } from '../../misfit.ts';
import type { ModelApiSpec } from '../../resources/kaos/runtime-model-api.ts';
import { mergeMessage } from '../complaint.ts';
import { type Check, failed, type Hold } from '../hold.ts';
import { listed, supporting } from '../model-match.ts';
import { configSecret } from './config-names.ts';
import { LONGEST_PROVIDER } from './litellm-config.ts';

/** Checks LiteLLM's configuration. LiteLLM cannot start without one, so `proxyConfig` is required. */
export function configChecks(spec: ModelApiSpec): readonly Check[] {
  const { models = [], configYaml, provider } = spec.proxyConfig ?? {};
  const badSelector = selectorProblem(configSecret(spec));
  return [
    spec.proxyConfig === undefined &&
      failed('NoProxyConfig', 'spec.proxyConfig is not set, but spec.mode is Proxy; set spec.proxyConfig.models'),
    (provider?.length ?? 0) > LONGEST_PROVIDER &&
      failed('InvalidProvider', `spec.proxyConfig.provider: expected at most ${LONGEST_PROVIDER} characters`),
    ...(configYaml?.fromString ? yamlChecks(configYaml.fromString, models) : []),
    badSelector !== undefined && failed('InvalidConfigYaml', badSelector),
  ];
}

/** The fields of a configuration that KAOS reads. */
const Configuration = Type.Object({
  model_list: Type.Optional(Type.Array(Type.Object({ model_name: Type.Optional(Type.String()) }))),
});

/** Checks the user's own configuration: it must be valid YAML, and its models must be in `proxyConfig.models`. */
function yamlChecks(text: string, models: readonly string[]): readonly Check[] {
  const reading = readYaml(text);
  const value = reading.outcome === 'read' ? reading.value : undefined;
  const configuration = withoutNulls(value);
  const isKnown = supporting(models);
  const unknown = modelNames(configuration).find((name) => !isKnown(name));
  return [
    reading.outcome === 'refused' && notParsed(reading.why),
    // LiteLLM exits if the file has only comments.
    !isPlainObject(value) && notParsed('expected a map of settings'),
    !Value.Check(Configuration, configuration) && notParsed(misfitTextOf(Configuration, configuration, 'model_list')),
    unknown !== undefined &&
      failed(
        'ModelNotSupported',
        `model_name ${quote(unknown)} in configYaml not found in models list ${listed(models)}`,
      ),
  ];
}

function modelNames(configuration: unknown): readonly string[] {
  return Value.Check(Configuration, configuration)
    ? (configuration.model_list ?? []).map(({ model_name = '' }) => model_name)
    : [];
}

function notParsed(why: string): Hold {
  return failed('InvalidConfigYaml', `failed to parse configYaml: ${why}`);
}

/** Why Kubernetes would refuse the reference to a Secret; undefined if it takes it. */
function selectorProblem(selector: KeySelector | undefined): string | undefined {
  const place = { path: 'proxyConfig.configYaml.fromSecretKeyRef', field: keySelector };
  const [problem] = selector === undefined ? [] : merge(undefined, selector, place).problems;
  return problem && mergeMessage(problem);
}
