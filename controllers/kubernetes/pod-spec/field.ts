/** What a merge must know of a field. What is not said here, the generated value shows. */
export interface Field {
  readonly type: FieldType;
  /** The fields of an object: all that Kubernetes has. */
  readonly fields?: Readonly<Record<string, Field>>;
  /** What each value of a map is. */
  readonly values?: Field;
  /** Whether a field of an object is one of several of which it may have one. */
  readonly isAlternative?: (field: string) => boolean;
  /** Fields that an object cannot be without. */
  readonly required?: readonly string[];
  /** How the items of a list are told apart and merged; a list without is replaced as a whole. */
  readonly items?: Items;
  /** What each item of a list is that is replaced as a whole. */
  readonly item?: Field;
  /** Whether the API server drops an empty text, a zero or `false` here. */
  readonly omitsZero?: true;
  /** Why the API server would refuse a value of the right type. */
  readonly whyRefused?: Rule<unknown>;
}

export type FieldType = 'object' | 'list' | 'text' | 'integer' | 'boolean' | 'quantity' | 'integer or text';

/** What is wrong with a value, or undefined where nothing is. */
export type Rule<Value> = (value: Value) => string | undefined;

export interface Items {
  readonly mergeKeys: readonly string[];
  /** Merge keys that may be left out, and what they are then. */
  readonly keyDefaults?: Readonly<Record<string, string>>;
  readonly item: Field;
}

export type Fields = Readonly<Record<string, Field>>;

export const anyObject: Field = { type: 'object' };
export const anyList: Field = { type: 'list' };
export const boolean: Field = { type: 'boolean' };
/** Of which the API server keeps `true` alone. */
export const flag: Field = { type: 'boolean', omitsZero: true };
export const quantity: Field = { type: 'quantity' };
export const integerOrText: Field = { type: 'integer or text' };
/** Which may be empty on purpose. */
export const anyText: Field = { type: 'text' };
export const texts: Field = { type: 'list', item: anyText };

export function text(rule?: Rule<string>): Field {
  return { type: 'text', omitsZero: true, ...(rule && { whyRefused: (value) => rule(String(value)) }) };
}

export function integer(rule?: Rule<number>): Field {
  return { type: 'integer', ...(rule && { whyRefused: (value) => rule(Number(value)) }) };
}

export function object(fields: Fields, more: Partial<Field> = {}): Field {
  return { type: 'object', fields, ...more };
}

export function list(mergeKeys: readonly string[], item: Field): Field {
  return { type: 'list', items: { mergeKeys, item } };
}
