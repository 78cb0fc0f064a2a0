import { isPlainObject } from '../../data/plain-object.ts';
import { thousandthsOf } from '../values/quantity.ts';
import type { FieldType } from './field.ts';

/** The type that a value must have. `single value` means neither an object nor a list. */
export type ValueType = FieldType | 'single value';

interface Type {
  readonly name: string;
  readonly has: (value: unknown) => boolean;
}

const isText = (value: unknown) => typeof value === 'string';
const isSingle = (value: unknown) => !Array.isArray(value) && !isPlainObject(value);
const isQuantity = (value: unknown) => isSingle(value) && thousandthsOf(value) !== undefined;

const TYPES: Readonly<Record<ValueType, Type>> = {
  object: { name: 'an object', has: isPlainObject },
  list: { name: 'a list', has: Array.isArray },
  text: { name: 'text', has: isText },
  integer: { name: 'a whole number', has: Number.isSafeInteger },
  boolean: { name: 'true or false', has: (value) => typeof value === 'boolean' },
  quantity: { name: 'a quantity such as 500m or 1Gi', has: isQuantity },
  'integer or text': { name: 'a whole number or text', has: (value) => isText(value) || Number.isSafeInteger(value) },
  'single value': { name: 'a single value', has: isSingle },
};

/** Why the value does not have the type; undefined if it has, or if the type is undefined. */
export function whyNotOfType(value: unknown, type: ValueType | undefined): string | undefined {
  return type === undefined || TYPES[type].has(value) ? undefined : `must be ${TYPES[type].name}`;
}

/** The type of a generated value, for fields that the table does not have; undefined if there is no value. */
export function typeLike(generated: unknown): ValueType | undefined {
  if (generated === undefined) {
    return undefined;
  }
  return (['object', 'list', 'single value'] as const).find((type) => TYPES[type].has(generated));
}
