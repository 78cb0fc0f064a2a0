import type { RelatedRule } from '../contract.ts';
import { codeUnitOrder } from '../data/order.ts';
import { isObjectName } from '../kubernetes/values/names.ts';
import type { Reading } from '../reading.ts';

/**
 * A rule that selects objects by name, without names that are not valid. If no valid name is left, there is no rule, because
 * an empty list would select all objects. `namespace` is undefined for a cluster-scoped kind.
 */
export function byNames(reading: Reading, namespace: string | undefined, names: readonly string[]): RelatedRule[] {
  const [first, ...others] = [...new Set(names.filter(isObjectName))].sort(codeUnitOrder);
  const { apiVersion, resource } = reading;
  const scope = namespace === undefined ? {} : { namespace };
  return first === undefined ? [] : [{ apiVersion, resource, ...scope, names: [first, ...others] }];
}

/** Whether a rule selects objects of this kind. */
export function isRuleFor({ apiVersion, resource }: RelatedRule, reading: Reading): boolean {
  return apiVersion === reading.apiVersion && resource === reading.resource;
}
