import { isPlainObject, ownField } from '../../data/plain-object.ts';
import { canonicalQuantity } from '../values/quantity.ts';
import type { Field } from './field.ts';

/**
 * A value as the API server stores it: with canonical quantities, without empty maps, and without the empty texts, zeros and
 * `false` that it drops. If the answer differed from the stored object, dynamic apply would write it at each sync.
 */
export function stored(value: unknown, field: Field | undefined): unknown {
  if (Array.isArray(value)) {
    return value.map((item) => stored(item, field?.items?.item ?? field?.item));
  }
  if (isPlainObject(value)) {
    const entries = Object.entries(value).map(([name, item]) => [name, stored(item, fieldOf(field, name))] as const);
    const kept = entries.filter(([, item]) => item !== undefined);
    return field?.values && kept.length === 0 ? undefined : Object.fromEntries(kept);
  }
  if (field?.type === 'quantity') {
    return canonicalQuantity(value);
  }
  return field?.omitsZero && !value ? undefined : value;
}

function fieldOf(field: Field | undefined, name: string): Field | undefined {
  return ownField(field?.fields ?? {}, name) ?? field?.values;
}
