import { fitsPattern } from '../data/name-pattern.ts';
import type { AccessRule, AccessRules, Demand, Limit } from './access-rules.ts';

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

/** What the list says about one resource. `rule` names the place that decides: `rules[0]` or `default`. */
export type Access =
  | { readonly outcome: 'open'; readonly rule: string }
  | { readonly outcome: 'denied'; readonly rule: string }
  | { readonly outcome: 'guarded'; readonly rule: string; readonly demand: Demand };

/** The access to a resource, by the first rule that fits it, or else by the default. */
export function accessOf(target: AccessTarget, { rules = [], default: otherwise = 'allow' }: AccessRules): Access {
  const index = rules.length === 0 ? -1 : indexOfRule(target, rules);
  const rule = rules[index];
  return rule === undefined
    ? { outcome: otherwise === 'allow' ? 'open' : 'denied', rule: 'default' }
    : byRule(rule, `rules[${index}]`);
}

/** The place of the first rule that fits; -1 if none does. */
function indexOfRule(target: AccessTarget, rules: readonly AccessRule[]): number {
  const subject = { metadata: target.metadata, kinds: kindNames(target) };
  return rules.findIndex(({ match }) => fits(subject, match));
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

/** The names by which a rule can call a kind: without and with its group. */
function kindNames({ apiVersion, kind }: AccessTarget): readonly string[] {
  return [kind, `${kind}.${apiVersion.split('/')[0]}`];
}

interface Subject extends Pick<AccessTarget, 'metadata'> {
  readonly kinds: readonly string[];
}

function fits({ kinds, metadata }: Subject, match: AccessRule['match'] = {}): boolean {
  const own: Readonly<Record<string, string>> = metadata.labels ?? {};
  return (
    (match.kinds?.some((one) => kinds.includes(one)) ?? true) &&
    (match.namespaces?.some((pattern) => fitsPattern(metadata.namespace, pattern)) ?? true) &&
    (match.names?.some((pattern) => fitsPattern(metadata.name, pattern)) ?? true) &&
    Object.entries(match.labels ?? {}).every(([key, value]) => Object.hasOwn(own, key) && own[key] === value)
  );
}

const SHORT_UNITS: Readonly<Record<Limit['per'], string>> = { second: 's', minute: 'min', hour: 'h', day: 'd' };

/** A limit in short: `60/min`. */
function limitText({ requests, per }: Pick<Limit, 'requests' | 'per'>): string {
  return `${requests}/${SHORT_UNITS[per]}`;
}

/** A demand in short, for tables: `jwt`, `jwt+60/min`; `open` if nothing is asked. */
export function demandText({ jwt, limit, from }: Demand): string {
  const parts = [jwt && 'jwt', limit && limitText(limit), from && 'from'];
  return parts.filter((part) => part !== undefined).join('+') || 'open';
}
