import { nearestOf } from '../../data/nearest-name.ts';
import { ownField, type PlainObject } from '../../data/plain-object.ts';
import { shown } from '../../data/quote.ts';
import type { UsersContainer } from '../workload/users-container.ts';
import { CONFIG_YAML, unknownSource } from './config-place.ts';
import { type ConfigReading, section } from './config-reading.ts';
import { configValues, variableIn } from './config-values.ts';

/** The variable from which LiteLLM takes the key that its callers need. */
export const MASTER_KEY = 'LITELLM_MASTER_KEY';
/** The key in LiteLLM's examples, with which it does not start. */
const WEAK_KEY = 'sk-1234';
const GENERAL_KEY = 'general_settings.master_key';
const KEY_NAMES = ['master_key', MASTER_KEY];
const nearKey = nearestOf(KEY_NAMES);

/** What is known of the user's own key, and why LiteLLM does not start with it, or may not. */
export interface KeyFinding {
  readonly outcome: 'set' | 'none' | 'unusable';
  readonly message?: string | undefined;
}

/** All that says which key LiteLLM has. */
export interface Places {
  readonly users: UsersContainer;
  readonly reading: ConfigReading;
  /** The Secret for all proxies of a namespace, if any. */
  readonly secretName: string | undefined;
}

/** The key where LiteLLM looks for one, in its order. Undefined if no such place names a key. */
export function keyInPlaces(places: Places): KeyFinding | undefined {
  return inGeneralSettings(places) ?? inVariables(places) ?? inEnvironmentVariables(places);
}

/** With this setting, even if it is empty, LiteLLM ignores the variable. */
function inGeneralSettings(places: Places): KeyFinding | undefined {
  const value = ownField(section(configurationOf(places.reading), 'general_settings'), 'master_key');
  if (value === undefined) {
    return undefined;
  }
  const path = pathOf(GENERAL_KEY);
  const variable = variableIn(value);
  if (variable !== undefined) {
    return referredKey(path, variable, places);
  }
  return value ? { outcome: 'set', message: weakness(value, path) } : { outcome: 'unusable', message: emptyKey(path) };
}

/** A reference to the variable of the key itself says no more than the variable. */
function referredKey(path: string, variable: string, { users, reading, secretName }: Places): KeyFinding | undefined {
  const isSet = users.env.some(({ name }) => name === variable);
  if (variable === MASTER_KEY && (isSet || secretName !== undefined)) {
    return undefined;
  }
  if (isSet) {
    return { outcome: 'set' };
  }
  return unknownSource(variable, users, reading) === undefined
    ? { outcome: 'unusable', message: notSet(path, variable) }
    : undefined;
}

function inVariables({ users }: Places): KeyFinding | undefined {
  const variable = users.env.findLast(({ name }) => name === MASTER_KEY);
  if (variable === undefined) {
    return undefined;
  }
  const path = `the variable ${MASTER_KEY}`;
  const isEmpty = !variable['value'] && variable['valueFrom'] === undefined;
  return { outcome: 'set', message: isEmpty ? emptyKey(path) : weakness(variable['value'], path) };
}

/** LiteLLM reads these variables too late, unless general_settings has a setting. */
function inEnvironmentVariables({ reading }: Places): KeyFinding | undefined {
  const configuration = configurationOf(reading);
  const value = ownField(section(configuration, 'environment_variables'), MASTER_KEY);
  if (value === undefined) {
    return undefined;
  }
  const isRead = Object.keys(section(configuration, 'general_settings')).length > 0;
  const path = pathOf(`environment_variables.${MASTER_KEY}`);
  return isRead
    ? { outcome: 'set', message: weakness(value, path) }
    : {
        outcome: 'unusable',
        message: `${path}: has no effect, because general_settings has no setting; expected ${GENERAL_KEY}`,
      };
}

/** A message for each key that is where LiteLLM does not look for one. */
export function misplacedKeys(reading: ConfigReading): readonly string[] {
  const { environment_variables: variables, ...others } = configurationOf(reading);
  const named = configValues(others).filter(({ path, name }) => path !== GENERAL_KEY && isKeyName(name));
  const mistyped = configValues(variables, 'environment_variables').filter(
    ({ name }) => name !== MASTER_KEY && isKeyName(name),
  );
  return [...named, ...mistyped].map(
    ({ path }) => `${pathOf(path)}: has no effect on who may call LiteLLM; expected ${GENERAL_KEY}`,
  );
}

/** Where a setting refers to the variable with the key. */
export function referenceToKey(reading: ConfigReading): string | undefined {
  const found = configValues(configurationOf(reading)).find(({ value }) => variableIn(value) === MASTER_KEY);
  return found && pathOf(found.path);
}

function isKeyName(name: string): boolean {
  return KEY_NAMES.includes(name) || nearKey(name) !== undefined;
}

function configurationOf(reading: ConfigReading): PlainObject {
  return reading.source === 'text' ? reading.configuration : {};
}

function pathOf(path: string): string {
  return `${CONFIG_YAML}.fromString.${shown(path)}`;
}

function weakness(value: unknown, path: string): string | undefined {
  return typeof value === 'string' && value.trim() === WEAK_KEY
    ? `${path}: LiteLLM does not start with the key of its examples; set another key that nobody can guess`
    : undefined;
}

/** LiteLLM ends if a reference leads to nothing. */
export function notSet(path: string, variable: string): string {
  return `${path}: LiteLLM does not start, because the variable ${shown(variable)} is not set; set it in spec.container.env`;
}

function emptyKey(path: string): string {
  return `${path}: is empty, so LiteLLM does not start; set a key that nobody can guess`;
}
