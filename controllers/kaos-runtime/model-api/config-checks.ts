import { Type } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';
import { isPlainObject, withoutNulls } from '../../data/plain-object.ts';
import { quote } from '../../data/quote.ts';
import { readYaml } from '../../data/yaml.ts';
import type { KeySelector } from '../../kubernetes/kinds/config-map.ts';
import { keySelector } from '../../kubernetes/pod-spec/container-fields.ts';
import { merge } from '../../kubernetes/pod-spec/strategic-merge.ts';
import { misfitOf } from '../../misfit.ts';
import type { ModelApiSpec } from '../../resources/kaos/runtime-model-api.ts';
import { mergeMessage } from '../complaint.ts';
import { type Check, failed, type Hold } from '../hold.ts';
import { isSupported, listed } from '../model-match.ts';
import { configSecret } from './config-names.ts';

/** Why LiteLLM's configuration cannot be taken. Without `proxyConfig` there would be none to start it with. */
export function configChecks(spec: ModelApiSpec): readonly Check[] {
  const { models = [], configYaml } = spec.proxyConfig ?? {};
  const badSelector = selectorProblem(configSecret(spec));
  return [
    spec.proxyConfig === undefined && failed('NoProxyConfig', 'mode Proxy needs spec.proxyConfig'),
    ...(configYaml?.fromString ? yamlChecks(configYaml.fromString, models) : []),
    badSelector !== undefined && failed('InvalidConfigYaml', badSelector),
  ];
}

/** What KAOS reads of a configuration. */
const Configuration = Type.Object({
  model_list: Type.Optional(Type.Array(Type.Object({ model_name: Type.Optional(Type.String()) }))),
});

/** Why a configuration of the user's own is not taken: it is not valid YAML, or has a model that the ModelAPI does not name. */
function yamlChecks(text: string, models: readonly string[]): readonly Check[] {
  const reading = readYaml(text);
  const value = reading.outcome === 'read' ? reading.value : undefined;
  const configuration = withoutNulls(value);
  const unknown = modelNames(configuration).find((name) => !isSupported(name, models));
  return [
    reading.outcome === 'refused' && notParsed(reading.why),
    // LiteLLM ends where there is nothing but comments.
    !isPlainObject(value) && notParsed('expected a map of settings'),
    !Value.Check(Configuration, configuration) && notParsed(whyMisfit(configuration)),
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

function whyMisfit(configuration: unknown): string {
  const error = Value.Errors(Configuration, configuration).First();
  const { field, expected } = error ? misfitOf(error) : { field: 'model_list', expected: 'does not fit' };
  return `${field}: ${expected}`;
}

/** What Kubernetes would refuse of the reference to a Secret. */
function selectorProblem(selector: KeySelector | undefined): string | undefined {
  const place = { path: 'proxyConfig.configYaml.fromSecretKeyRef', field: keySelector };
  const [problem] = selector === undefined ? [] : merge(undefined, selector, place).problems;
  return problem && mergeMessage(problem);
}
