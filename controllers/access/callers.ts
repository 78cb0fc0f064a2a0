import { codeUnitOrder } from '../data/order.ts';
import type { Access } from './access-of.ts';
import type { AccessRules } from './access-rules.ts';

/** The namespaces whose pods may connect to a resource, by the rule that says so. */
export interface Callers {
  readonly rule: string;
  readonly namespaces: readonly string[];
}

/** Who may connect to the pods of a resource with this access; undefined if everybody may. */
export function callersOf(access: Access): Callers | undefined {
  return access.outcome === 'guarded' && access.demand.from !== undefined
    ? { rule: access.rule, namespaces: [...new Set(access.demand.from.namespaces)].sort(codeUnitOrder) }
    : undefined;
}

/**
 * Whether any rule says who may connect. Customize asks for NetworkPolicies by this alone: Metacontroller keeps its answer while
 * the labels of a resource change, and with them the rule that decides.
 */
export function hasCallers({ rules = [] }: AccessRules): boolean {
  return rules.some(({ from }) => from !== undefined);
}

/** What a status says about them, if not everybody may. The proxies of a Gateway are pods, too, and this service does not know whose. */
export function callersNotes(callers: Callers | undefined): readonly string[] {
  if (callers === undefined) {
    return [];
  }
  const { rule, namespaces } = callers;
  const which = `${namespaces.length === 1 ? 'namespace' : 'namespaces'} ${namespaces.join(', ')}`;
  return [
    `only pods of the ${which} may connect, by ${rule} of the access rules; for calls through a Gateway, the namespace of its pods must be one of them`,
  ];
}
