import type { RelatedRule } from '../contract.ts';
import { codeUnitOrder } from '../data/order.ts';
import { isObjectName } from '../kubernetes/values/names.ts';
import type { Reading } from '../reading.ts';

/** By name alone. No rule where there is no name that an object can have: an empty list would select everything. */
export function byNames(reading: Reading, namespace: string, names: readonly string[]): RelatedRule[] {
  const [first, ...others] = [...new Set(names.filter(isObjectName))].sort(codeUnitOrder);
  const { apiVersion, resource } = reading;
  return first === undefined ? [] : [{ apiVersion, resource, namespace, names: [first, ...others] }];
}

/** Whether a rule asks for objects of a kind. */
export function isRuleFor({ apiVersion, resource }: RelatedRule, reading: Reading): boolean {
  return apiVersion === reading.apiVersion && resource === reading.resource;
}
