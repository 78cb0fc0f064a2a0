import type { PlainObject } from '../../data/plain-object.ts';

/** What a merge knows about a field. For fields without an entry, it uses the type of the generated value. */
export interface Field {
  readonly type: FieldType;
  /** All fields of an object, in the version of Kubernetes that the table is from. */
  readonly fields?: Readonly<Record<string, Field>>;
  /** The values of a map. */
  readonly values?: Field;
  /** Why the API server would reject a key of a map. */
  readonly whyKeyRefused?: Rule<string>;
  /** Whether a field of an object is one of its alternatives. The object may have only one alternative. */
  readonly isAlternative?: (field: string) => boolean;
  /** Required fields of an object. */
  readonly required?: readonly string[];
  /** The items of a list that is merged item by item. A list without this is replaced as a whole. */
  readonly items?: Items;
  /** The items of a list that is replaced as a whole. */
  readonly item?: Field;
  /** Whether the API server drops an empty text, zero or `false` in this field. */
  readonly omitsZero?: true;
  /** Why the API server would reject a value of the right type. */
  readonly whyRefused?: Rule<unknown>;
  /** The parts of an object that the API server would reject because of its other parts. */
  readonly conflicts?: (object: PlainObject) => readonly Conflict[];
}

/** A part of an object: the names of the fields from the object down, and why it is refused. */
export interface Conflict {
  readonly path: readonly string[];
  readonly why: string;
}

export type FieldType = 'object' | 'list' | 'text' | 'integer' | 'boolean' | 'quantity' | 'integer or text';

/** What is wrong with a value; undefined if it is valid. */
export type Rule<Value> = (value: Value) => string | undefined;

/** How a list is merged item by item. */
export interface Items {
  /** Fields that together identify an item. */
  readonly mergeKeys: readonly string[];
  /** Default values of merge keys that may be omitted. */
  readonly keyDefaults?: Readonly<Record<string, string>>;
  readonly item: Field;
}

export type Fields = Readonly<Record<string, Field>>;

export const boolean: Field = { type: 'boolean' };
/** A boolean that the API server drops if it is `false`. */
export const flag: Field = { type: 'boolean', omitsZero: true };
export const quantity: Field = { type: 'quantity' };
export const integerOrText: Field = { type: 'integer or text' };
/** A text that the API server keeps if it is empty. */
export const anyText: Field = { type: 'text' };
export const texts: Field = { type: 'list', item: anyText };
/** A map of text. */
export const textMap: Field = { type: 'object', values: anyText };

/** A text that the API server drops if it is empty. */
export function text(rule?: Rule<string>): Field {
  return { type: 'text', omitsZero: true, ...(rule && { whyRefused: (value) => rule(String(value)) }) };
}

/** A text that the API server keeps if it is empty. */
export function keptText(rule: Rule<string>): Field {
  return { type: 'text', whyRefused: (value) => rule(String(value)) };
}

export function integer(rule?: Rule<number>): Field {
  return { type: 'integer', ...(rule && { whyRefused: (value) => rule(Number(value)) }) };
}

export function object(fields: Fields, more: Partial<Field> = {}): Field {
  return { type: 'object', fields, ...more };
}

/** A map. Its keys are any text unless a rule says otherwise. */
export function map(values: Field, whyKeyRefused?: Rule<string>): Field {
  return { type: 'object', values, ...(whyKeyRefused && { whyKeyRefused }) };
}

/** A list that is replaced as a whole. */
export function wholeList(item: Field, whyRefused?: Rule<unknown>): Field {
  return { type: 'list', item, ...(whyRefused && { whyRefused }) };
}

/** A list that is merged item by item. */
export function list(mergeKeys: readonly string[], item: Field): Field {
  return { type: 'list', items: { mergeKeys, item } };
}
