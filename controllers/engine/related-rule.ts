import type { RelatedRule } from '../contract.ts';
import { codeUnitOrder } from '../data/order.ts';
import type { Kind } from '../kind.ts';
import { isObjectName } from '../kubernetes/values/names.ts';

/** By name alone. No rule where there is no name that an object can have: an empty list would select everything. */
export function byNames(kind: Kind, namespace: string, names: readonly string[]): RelatedRule[] {
  const [first, ...others] = [...new Set(names.filter(isObjectName))].sort(codeUnitOrder);
  const { apiVersion, resource } = kind;
  return first === undefined ? [] : [{ apiVersion, resource, namespace, names: [first, ...others] }];
}
