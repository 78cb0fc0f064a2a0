import type { Cause, ObjectName } from '../../controllers/endpoint.ts';
import type { Settings } from '../../controllers/settings.ts';
import type { GivenVariables } from '../evaluate/evaluate.ts';
import { isSame, titleOf } from '../evaluate/object-name.ts';
import { withGivenNames } from '../evaluate/setting-flags.ts';
import type { Resource } from './found.ts';
import type { Places } from './places.ts';
import { settingOf, settingText, shownValue } from './setting.ts';
import { valueAt } from './value-at.ts';

/** What sentences about a resource need: where things are written, and under which names. */
export interface Context {
  readonly settings: Settings;
  readonly given: GivenVariables;
  readonly places: Places;
  /** Finds a resource by its names. */
  readonly find: (names: ObjectName) => Resource | undefined;
  /** Where settings of the chart come from: files of values, or a release in the cluster. */
  readonly chart: 'values' | 'release';
}

/** What decided something, after a fact: `by spec.exposed: true, team.yaml:12:3`, `because GATEWAY_HOSTNAMES is not set`. */
export function causeText(cause: Cause, about: ObjectName, context: Context): string {
  switch (cause.by) {
    case 'field':
      return fieldText(cause, about, context);
    case 'setting':
      return settingCause(cause.name, context);
    case 'rule':
      return rulesText(cause.rules, context);
  }
}

type FieldCause = Extract<Cause, { by: 'field' }>;

function fieldText({ of, field }: FieldCause, about: ObjectName, context: Context): string {
  const resource = context.find(of);
  const value = resource && valueAt(resource.object, field);
  const name = isSame(of, about) ? field : `${field} of ${titleOf(of)}`;
  const place = resource && context.places.ofField(resource.origin, field);
  return value === undefined ? `because ${name} is not set` : `by ${withPlace(`${name}${valueText(value)}`, place)}`;
}

/** The setting and its value under the name by which its user knows it. */
export function settingCause(variable: string, { given, places, chart }: Context): string {
  const setting = settingOf(variable, given);
  if (setting.value === undefined) {
    return `because ${settingText(setting)}`;
  }
  if (setting.by === 'default') {
    return `by default (${setting.name})`;
  }
  const place = setting.by === 'chart' ? (places.ofValue(setting.name) ?? ELSEWHERE[chart]) : undefined;
  return `by ${withPlace(settingText(setting), place)}`;
}

const ELSEWHERE = { values: "the chart's default", release: 'in the release of the chart' } as const;

/** The name by which the user of this setting changes it. */
export function settingName(variable: string, { given }: Context): string {
  return settingOf(variable, given).name;
}

function rulesText(rules: readonly string[], context: Context): string {
  const { rules: all = [], default: otherwise = 'allow' } = context.settings.access.rules;
  const fitting = rules.filter((rule) => rule !== DEFAULT);
  if (fitting.length > 0) {
    return `by ${withPlace(`${fitting.join(' and ')} of the access rules`, rulePlaces(fitting, context))}`;
  }
  return all.length === 0 && otherwise === 'allow'
    ? 'because there are no access rules'
    : `because no access rule fits it, and their default is ${withPlace(otherwise, context.places.ofRule(DEFAULT))}`;
}

const DEFAULT = 'default';

/** Where rules are written; undefined if that is in no file. */
export function rulePlaces(rules: readonly string[], { places }: Context): string | undefined {
  return rules.flatMap((rule) => places.ofRule(rule) ?? []).join(', ') || undefined;
}

/** A line of a controller with the names under which settings were given. */
export function saidBy(line: string, { given }: Context): string {
  const { byFlag, byEnvironment, byChart } = given;
  const ofChart = Object.entries(byChart).filter(([name]) => byEnvironment[name] === undefined);
  return withGivenNames(line, byFlag, Object.fromEntries(ofChart));
}

/** `spec.exposed: true (team.yaml:12:3)` */
export function withPlace(text: string, place: string | undefined): string {
  return place === undefined ? text : `${text} (${place})`;
}

/** The value behind its field, if it is no map and no list. */
function valueText(value: unknown): string {
  return typeof value === 'object' ? '' : `: ${shownValue(String(value))}`;
}
