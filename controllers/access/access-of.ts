import { fitsPattern } from '../data/name-pattern.ts';
import type { AccessRule, AccessRules, From, Jwt, Limit } from './access-rules.ts';

/** The parts of a resource by which rules select it. */
export interface AccessTarget {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace: string;
    readonly labels?: Readonly<Record<string, string>> | undefined;
  };
}

/** What a rule asks of callers: at least one of these. */
export interface Demand {
  readonly jwt?: Jwt;
  readonly limit?: Limit;
  readonly from?: From;
}

/** What the list says about one resource. `rule` names the place that decides: `rules[0]` or `default`. */
export type Access =
  | { readonly outcome: 'open'; readonly rule: string }
  | { readonly outcome: 'denied'; readonly rule: string }
  | { readonly outcome: 'guarded'; readonly rule: string; readonly demand: Demand };

/** The access to a resource, by the first rule that fits it, or else by the default. */
export function accessOf(target: AccessTarget, { rules = [], default: otherwise = 'allow' }: AccessRules): Access {
  const index = rules.findIndex(({ match }) => fits(target, match));
  const rule = rules[index];
  return rule === undefined
    ? { outcome: otherwise === 'allow' ? 'open' : 'denied', rule: 'default' }
    : byRule(rule, `rules[${index}]`);
}

/** The access that a rule gives to the resources that it decides. */
export function byRule({ allow, deny, jwt, limit, from }: AccessRule, rule: string): Access {
  if (deny) {
    return { outcome: 'denied', rule };
  }
  return allow
    ? { outcome: 'open', rule }
    : { outcome: 'guarded', rule, demand: { ...(jwt && { jwt }), ...(limit && { limit }), ...(from && { from }) } };
}

function fits({ apiVersion, kind, metadata }: AccessTarget, match: AccessRule['match']): boolean {
  const { kinds, namespaces, names, labels } = match ?? {};
  const [group = ''] = apiVersion.split('/');
  const own: Readonly<Record<string, string>> = metadata.labels ?? {};
  return (
    (kinds?.some((one) => one === kind || one === `${kind}.${group}`) ?? true) &&
    (namespaces?.some((pattern) => fitsPattern(metadata.namespace, pattern)) ?? true) &&
    (names?.some((pattern) => fitsPattern(metadata.name, pattern)) ?? true) &&
    Object.entries(labels ?? {}).every(([key, value]) => Object.hasOwn(own, key) && own[key] === value)
  );
}

const SHORT_UNITS: Readonly<Record<Limit['per'], string>> = { second: 's', minute: 'min', hour: 'h', day: 'd' };

/** A limit in short: `60/min`. */
export function limitText({ requests, per }: Pick<Limit, 'requests' | 'per'>): string {
  return `${requests}/${SHORT_UNITS[per]}`;
}

/** An access in short, for tables: `open`, `jwt`, `jwt+60/min`, `denied`. */
export function accessText(access: Access): string {
  if (access.outcome !== 'guarded') {
    return access.outcome;
  }
  const { jwt, limit, from } = access.demand;
  const parts = [jwt && 'jwt', limit && limitText(limit), from && 'from'];
  return parts.filter((part) => part !== undefined).join('+');
}
