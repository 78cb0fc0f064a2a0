import { nearestOf } from '../../data/nearest-name.ts';
import type { PlainObject } from '../../data/plain-object.ts';
import { shown } from '../../data/quote.ts';
import type { ModelApiSpec, ProxyConfig } from '../../resources/kaos/runtime-model-api.ts';
import type { SpecComplaint } from '../complaint.ts';
import { CALLBACKS, ENTRY_FIELDS, PARAMS_FIELDS, SECTION_FIELDS } from './config-fields.ts';
import { CONFIG_YAML } from './config-place.ts';
import { type ConfigReading, isMap, section } from './config-reading.ts';
import { configValues, variableIn } from './config-values.ts';

const SECTIONS = knownNames(SECTION_FIELDS);
const ENTRY = knownNames(ENTRY_FIELDS);
const PARAMS = knownNames(PARAMS_FIELDS);
/** Unknown names that are compared with known ones, which takes time. No person writes as many. */
const MOST_NAMES = 200;

/** What the user's own configuration leaves without effect: fields of the ModelAPI, and misspelt fields of its own. */
export function configRemarks(spec: ModelApiSpec, reading: ConfigReading): readonly SpecComplaint[] {
  const { proxyConfig } = spec;
  if (proxyConfig === undefined || reading.source === 'generated' || reading.source === 'refused') {
    return [];
  }
  const provider = proxyConfig.provider
    ? [withoutEffect('provider', 'write it before the model in litellm_params.model, such as nebius/llama')]
    : [];
  return reading.source === 'secret'
    ? provider
    : [
        ...provider,
        ...unusedVariables(proxyConfig, reading.configuration),
        ...unsentTelemetry(spec, reading.configuration),
        ...ownRemarks(reading.configuration),
      ];
}

function withoutEffect(field: string, advice: string): SpecComplaint {
  return noEffect(
    `spec.proxyConfig.${field}: has no effect, because configYaml replaces the generated configuration; ${advice}`,
  );
}

function noEffect(message: string): SpecComplaint {
  return { reason: 'NoEffect', message };
}

/** The address and the key of the provider are variables, which the configuration can use. */
function unusedVariables({ apiBase, apiKey }: ProxyConfig, configuration: PlainObject): readonly SpecComplaint[] {
  const used = new Set(configValues(configuration).map(({ value }) => variableIn(value)));
  const advice = (field: string, variable: string) => `add ${field}: os.environ/${variable} to litellm_params`;
  return [
    ...(apiBase && !used.has('PROXY_API_BASE') ? [withoutEffect('apiBase', advice('api_base', 'PROXY_API_BASE'))] : []),
    ...(apiKey && !used.has('PROXY_API_KEY') ? [withoutEffect('apiKey', advice('api_key', 'PROXY_API_KEY'))] : []),
  ];
}

/** LiteLLM sends telemetry only if its configuration says so. The variables that the pod gets are not enough. */
function unsentTelemetry({ telemetry }: ModelApiSpec, configuration: PlainObject): readonly SpecComplaint[] {
  const settings = section(configuration, 'litellm_settings');
  const names = CALLBACKS.flatMap((field) => configValues(settings[field]).map(({ value }) => value));
  const isSent = names.some((name) => typeof name === 'string' && name.includes('otel'));
  return telemetry?.enabled && !isSent
    ? [
        {
          reason: 'TelemetryNotSupported',
          message: `spec.telemetry: is enabled, but LiteLLM sends nothing, because configYaml replaces the generated configuration; add litellm_settings: {success_callback: ["otel"], failure_callback: ["otel"]} to it`,
        },
      ]
    : [];
}

function ownRemarks(configuration: PlainObject): readonly SpecComplaint[] {
  const models = configuration['model_list'];
  const entries = Array.isArray(models) ? models.map((entry) => (isMap(entry) ? entry : {})) : [];
  const unknown = [
    ...unknownNames(configuration, SECTIONS, ''),
    ...entries.flatMap((entry, index) => [
      ...unknownNames(entry, ENTRY, `model_list[${index}].`),
      ...unknownNames(section(entry, 'litellm_params'), PARAMS, `model_list[${index}].litellm_params.`),
    ]),
  ];
  const messages = [
    ...unknown.slice(0, MOST_NAMES).flatMap(misspelt),
    ...unlistedCallbacks(section(configuration, 'litellm_settings')),
  ];
  return messages.map((message) => noEffect(`${CONFIG_YAML}.fromString.${message}`));
}

/** Names that a map of the configuration may have, and the nearest of them to another name. */
interface Known {
  readonly names: ReadonlySet<string>;
  readonly near: (name: string) => string | undefined;
}

interface Unknown {
  readonly path: string;
  readonly name: string;
  readonly map: PlainObject;
  readonly near: Known['near'];
}

function knownNames(names: readonly string[]): Known {
  return { names: new Set(names), near: nearestOf(names) };
}

function unknownNames(map: PlainObject, { names, near }: Known, path: string): readonly Unknown[] {
  return Object.keys(map)
    .filter((name) => !names.has(name))
    .map((name) => ({ path, name, map, near }));
}

function misspelt({ path, name, map, near }: Unknown): readonly string[] {
  const meant = near(name);
  const isMisspelt = meant !== undefined && !Object.hasOwn(map, meant);
  return isMisspelt ? [`${path}${shown(name)}: LiteLLM does not know this setting; expected ${meant}`] : [];
}

/** LiteLLM reads a text as a list of its letters. */
function unlistedCallbacks(settings: PlainObject): readonly string[] {
  return ['success_callback', 'failure_callback'].flatMap((field) =>
    typeof settings[field] === 'string'
      ? [`litellm_settings.${field}: is text; expected a list of names such as ["otel"]`]
      : [],
  );
}
