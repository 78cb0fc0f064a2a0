import { nearestOf } from '../../data/nearest-name.ts';
import type { PlainObject } from '../../data/plain-object.ts';
import { quote } from '../../data/quote.ts';
import { NotText } from '../../data/yaml-python.ts';
import { CALLBACKS, ENTRY_FIELDS } from './config-fields.ts';
import { isMap, kindOf, section } from './config-reading.ts';

/** What LiteLLM needs a field to be, so that it starts. */
interface Rule {
  readonly field: string;
  readonly expected: string;
  readonly fits: (value: unknown) => boolean;
}

/** Sections of which LiteLLM reads the values one by one. An empty one is as good as none. */
const SECTIONS: readonly Rule[] = [
  ...['environment_variables', 'litellm_settings', 'mcp_servers', 'policies', 'default_vertex_config'].map((field) => ({
    field,
    expected: 'a map',
    fits: (value: unknown) => isEmpty(value) || isMap(value),
  })),
  ...['files_settings', 'finetune_settings'].map((field) => ({
    field,
    expected: 'a list',
    fits: (value: unknown) => isEmpty(value) || Array.isArray(value),
  })),
  ...[
    'agents',
    'agent_list',
    'credential_list',
    'guardrails',
    'mcp_tools',
    'prompts',
    'search_tools',
    'vector_store_registry',
  ].map((field) => ({
    field,
    expected: 'a list of maps',
    fits: (value: unknown) => isEmpty(value) || isListOf(value, isMap),
  })),
  { field: 'general_settings', expected: 'a map', fits: (value) => isNull(value) || isMap(value) },
  {
    field: 'include',
    expected: 'a list of file names',
    fits: (value) => value === undefined || isListOf(value, isText),
  },
  { field: 'model_list', expected: 'a list of models', fits: (value) => isEmpty(value) || Array.isArray(value) },
];

const GENERAL: readonly Rule[] = ['master_key', 'database_url'].map((field) => ({
  field,
  expected: 'text',
  fits: (value) => isNull(value) || isText(value),
}));

const LITELLM: readonly Rule[] = CALLBACKS.map((field) => ({
  field,
  expected: 'a list of names such as ["otel"]',
  fits: (value) =>
    value === undefined ||
    isListOf(value, isText) ||
    (field === 'callbacks' ? isFunctionName(value) : isText(value) || isMap(value)),
}));

const ROUTER: readonly Rule[] = ['health_check_interval', 'health_check_concurrency'].map((field) => ({
  field,
  expected: 'this setting in general_settings, where LiteLLM reads it',
  fits: (value) => value === undefined,
}));

const ENTRY: readonly Rule[] = [
  { field: 'model_name', expected: 'text such as "gpt-4o"', fits: isText },
  { field: 'litellm_params', expected: 'a map such as {model: openai/gpt-4o}', fits: isMap },
  { field: 'model_info', expected: 'a map', fits: (value) => value === undefined || isMap(value) },
];

const PARAMS: readonly Rule[] = [{ field: 'model', expected: 'text such as "openai/gpt-4o"', fits: isText }];

const nearRequired = nearestOf([...ENTRY_FIELDS, 'model']);

/**
 * Each reason for which LiteLLM 1.106 ends when it reads this configuration, with its place: `model_list[0].model_name: …`.
 * A test compares the verdict with LiteLLM's own. Other errors, such as a file that is not there, only LiteLLM can find.
 */
export function configFaults(configuration: PlainObject): readonly string[] {
  const models = configuration['model_list'];
  return [
    ...(Array.isArray(models) ? models.flatMap(entryFaults) : []),
    ...broken(SECTIONS, configuration, ''),
    ...broken(GENERAL, section(configuration, 'general_settings'), 'general_settings.'),
    ...broken(LITELLM, section(configuration, 'litellm_settings'), 'litellm_settings.'),
    ...broken(ROUTER, section(configuration, 'router_settings'), 'router_settings.'),
  ];
}

function entryFaults(entry: unknown, index: number): readonly string[] {
  const path = `model_list[${index}]`;
  if (!isMap(entry)) {
    return [`${path}: is ${kindOf(entry)}; expected a map with model_name and litellm_params`];
  }
  const params = entry['litellm_params'];
  return [
    ...broken(ENTRY, entry, `${path}.`),
    ...(isMap(params) ? broken(PARAMS, params, `${path}.litellm_params.`) : []),
  ];
}

/** A message for each rule that a map does not keep. `path` ends with a dot, or is empty. */
function broken(rules: readonly Rule[], map: PlainObject, path: string): readonly string[] {
  return rules
    .filter(({ field, fits }) => !fits(map[field]))
    .map(
      ({ field, expected }) => `${path}${field}: ${whatIs(map, field)}; expected ${expected}${renaming(map, field)}`,
    );
}

/** What a field is. Only values of models are shown: others can be secrets. */
function whatIs(map: PlainObject, field: string): string {
  const value = map[field];
  const isShown = value instanceof NotText && (field === 'model_name' || field === 'model');
  return isShown ? `${value.text} is ${value.kind} without quotes` : `is ${kindOf(value)}`;
}

/** The field that the user may have meant to be this one, if it is missing. */
function renaming(map: PlainObject, field: string): string {
  const found = map[field] === undefined && Object.keys(map).find((name) => nearRequired(name) === field);
  return found ? `; rename ${quote(found)} to ${field}` : '';
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isNull(value: unknown): boolean {
  return value === undefined || value === null;
}

function isEmpty(value: unknown): boolean {
  return (
    isNull(value) ||
    value === '' ||
    (Array.isArray(value) && value.length === 0) ||
    (isMap(value) && Object.keys(value).length === 0)
  );
}

function isListOf(value: unknown, fits: (item: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every(fits);
}

/** LiteLLM takes a text for a Python function: `module.function`. */
function isFunctionName(value: unknown): boolean {
  return isText(value) && value.includes('.');
}
