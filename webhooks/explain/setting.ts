import { quote } from '../../controllers/data/quote.ts';
import type { GivenVariables } from '../evaluate/evaluate.ts';
import { settingFlag } from '../evaluate/setting-flags.ts';
import { OFFLINE_VARIABLES } from '../offline.ts';
import { CHART_VALUES } from '../settings/chart-variables.ts';
import { Environment, isVariableName } from '../settings/environment.ts';

/** A setting as its user knows it. */
export interface Setting {
  /** The flag, the value of the chart or the variable by which it was given, or by which it can be given. */
  readonly name: string;
  /** Undefined if it is not set and has no default. */
  readonly value: string | undefined;
  readonly by: 'flag' | 'environment' | 'chart' | 'default';
}

/** If it is not set, this one decides. */
const FALLBACKS: Readonly<Record<string, string>> = { AGENT_ROUTES_HOSTNAMES: 'GATEWAY_HOSTNAMES' };

/** Looks a variable up where settings are read from, in the same order. An empty text counts as not set. */
export function settingOf(variable: string, given: GivenVariables): Setting {
  const own = givenAs(variable, given);
  const fallback = FALLBACKS[variable];
  return own.value === undefined && fallback !== undefined ? settingOf(fallback, given) : own;
}

function givenAs(variable: string, { byFlag, byEnvironment, byChart }: GivenVariables): Setting {
  const flag = byFlag[variable];
  const environment = byEnvironment[variable];
  const chart = byChart[variable];
  if (flag !== undefined) {
    return { name: settingFlag(variable), value: flag || undefined, by: 'flag' };
  }
  if (environment !== undefined) {
    return { name: variable, value: environment || undefined, by: 'environment' };
  }
  return chart === undefined
    ? { name: variable, value: defaultOf(variable), by: 'default' }
    : { name: chartNameOf(variable), value: chart || undefined, by: 'chart' };
}

function chartNameOf(variable: string): string {
  return isVariableName(variable) ? (CHART_VALUES[variable] ?? variable) : variable;
}

function defaultOf(variable: string): string | undefined {
  const schema: { readonly default?: unknown } = isVariableName(variable) ? Environment.properties[variable] : {};
  const preset = OFFLINE_VARIABLES[variable] ?? schema.default;
  return preset === undefined || preset === '' ? undefined : String(preset);
}

/** `--gateway-hostnames agents.example.com`, `gatewayAPI.timeouts: never`, `GATEWAY_HOSTNAMES is not set`. */
export function settingText({ name, value, by }: Setting): string {
  if (value === undefined) {
    return `${name} is not set`;
  }
  const text = shownValue(value);
  switch (by) {
    case 'flag':
      return `${name} ${text}`;
    case 'environment':
      return `${name}=${text} in the environment`;
    case 'chart':
      return `${name}: ${text}`;
    case 'default':
      return `${name} is not set, and its default is ${text}`;
  }
}

/** Long texts, and those with signs that no terminal shows, are quoted. */
export function shownValue(value: string): string {
  return /^[\x21-\x7e]([\x20-\x7e]{0,62}[\x21-\x7e])?$/.test(value) ? value : quote(value);
}
