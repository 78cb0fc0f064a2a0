import { isPlainObject } from '../../data/plain-object.ts';
import { quote } from '../../data/quote.ts';
import type { Rule } from './field.ts';

const MOST_INT32 = 2_147_483_647;

/** A message that names a value that is not valid, and what is expected instead. */
export function notValid(value: unknown, expected: string): string {
  return `${typeof value === 'string' ? quote(value) : String(value)} is not valid; expected ${expected}`;
}

/** A rule for a whole number in a range that includes both ends. */
export function within(least: number, most: number): Rule<number> {
  return (number) =>
    number >= least && number <= most ? undefined : notValid(number, `a whole number from ${least} to ${most}`);
}

/** Numbers that the API server keeps in 32 bits and that must not be negative. */
export const count = within(0, MOST_INT32);
export const positive = within(1, MOST_INT32);
export const int32 = within(-MOST_INT32 - 1, MOST_INT32);

/** A rule for a text with few values. */
export function oneOf(...allowed: readonly string[]): Rule<string> {
  return (text) => (allowed.includes(text) ? undefined : notValid(text, listedWith('or', allowed)));
}

/** The same for a field that may be empty: the API server then uses its default. */
export function oneOfOrEmpty(...allowed: readonly string[]): Rule<string> {
  return unlessEmpty(oneOf(...allowed));
}

/** A rule that does not apply to an empty text. */
export function unlessEmpty(rule: Rule<string>): Rule<string> {
  return (text) => (text === '' ? undefined : rule(text));
}

/** `A, B or C`. */
export function listedWith(word: 'and' | 'or', names: readonly string[]): string {
  const last = names.at(-1) ?? '';
  return names.length > 1 ? `${names.slice(0, -1).join(', ')} ${word} ${last}` : last;
}

export function whyEmpty(text: string): string | undefined {
  return text === '' ? 'must not be empty' : undefined;
}

export function only(allowed: string): Rule<string> {
  return (text) => (text === '' || text === allowed ? undefined : notValid(text, allowed));
}

/** A rule for what no Deployment may have. An empty list has nothing. */
export function forbidden(value: unknown): string | undefined {
  return Array.isArray(value) && value.length === 0 ? undefined : 'is not allowed in a Deployment';
}

/** A rule for an object that must have one of these fields. */
export function needsOneOf(fields: readonly string[]): Rule<unknown> {
  const isMissing = (value: unknown) => isPlainObject(value) && !fields.some((name) => name in value);
  return (value) => (isMissing(value) ? `must have one of ${fields.join(', ')}` : undefined);
}

/** A rule for a list that must have an item. */
export function whyNoItems(value: unknown): string | undefined {
  return Array.isArray(value) && value.length === 0 ? 'must have at least one item' : undefined;
}

/** A rule for a list with a limited number of items. */
export function atMost(most: number): Rule<unknown> {
  return (value) =>
    Array.isArray(value) && value.length > most ? `has ${value.length} items; expected at most ${most}` : undefined;
}

/** A rule for a list in which a field of the items must be unique. Empty values do not count. */
export function unique(field: string): Rule<unknown> {
  return (value) => {
    const values = (Array.isArray(value) ? value : []).flatMap((item) =>
      isPlainObject(item) ? (item[field] ?? []) : [],
    );
    const seen = new Set<unknown>();
    const twice = values.find((each) => each !== '' && seen.size === seen.add(each).size);
    return twice === undefined ? undefined : `has the ${field} ${quote(String(twice))} twice`;
  };
}

/** The first of several rules that applies. */
export function all<Value>(...rules: readonly Rule<Value>[]): Rule<Value> {
  return (value) => rules.map((rule) => rule(value)).find((why) => why !== undefined);
}
