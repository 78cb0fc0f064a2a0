import { isPlainObject, ownField } from '../../data/plain-object.ts';
import { canonicalQuantity } from '../values/quantity.ts';
import type { Field } from './field.ts';

/**
 * A value as the API server stores it: quantities in its own form, and without empty maps, and without empty texts,
 * zeros and `false` where it drops them. Metacontroller's dynamic apply would write at each sync what it finds otherwise.
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
