import { isPlainObject, ownField, type PlainObject } from '../../data/plain-object.ts';
import type { Items } from './field.ts';
import type { Keyed } from './merge-order.ts';
import { type MergeProblem, type Place, problem } from './merge-problem.ts';

/** An item of an override's list. `key` identifies it within the list. */
interface OverrideItem {
  readonly key: string;
  readonly value: PlainObject;
  readonly place: Place;
}

/** The items of a user's list, each with its place in it. */
export type Indexed = readonly (readonly [index: number, item: unknown])[];

/** The items that can be merged, and a problem for each of the others. */
export interface OverrideItems {
  readonly items: readonly OverrideItem[];
  readonly problems: readonly MergeProblem[];
}

/** The items of a generated list, each with its key. */
export function generatedItems(generated: unknown, items: Items): readonly Keyed[] {
  return (Array.isArray(generated) ? generated : [])
    .filter(isPlainObject)
    .map((value) => ({ key: keyOf(value, items), value }));
}

/** The items of an override's list that have a key. If two items have the same key, the last one wins, as for variables. */
export function overrideItems(override: Indexed, items: Items, list: string): OverrideItems {
  const read = override.map(([index, value]) => readItem(value, items, `${list}[${index}]`));
  const keyed = read.filter((item) => 'key' in item);
  const last = new Map(keyed.map((item) => [item.key, item]));
  const repeated = keyed.filter((item) => last.get(item.key) !== item);
  const asLater = ({ key, place }: OverrideItem) =>
    problem(place, `has the same ${keyNames(items)} as ${last.get(key)?.place.path}, which is used instead`);
  return {
    items: keyed.filter((item) => last.get(item.key) === item),
    problems: [...read.filter((item) => 'message' in item), ...repeated.map(asLater)],
  };
}

function readItem(value: unknown, items: Items, path: string): OverrideItem | MergeProblem {
  const place = { path, field: items.item };
  if (!isPlainObject(value)) {
    return problem(place, 'must be an object');
  }
  const missing = items.mergeKeys.find((name) => !isKey(keyPart(value, name, items)));
  return missing === undefined
    ? { key: keyOf(value, items), value, place }
    : problem(place, `must have ${missing}, which identifies the items of this list`);
}

/** The key of an item, which it must have. */
export function keyOf(item: PlainObject, items: Items): string {
  return JSON.stringify(items.mergeKeys.map((name) => keyPart(item, name, items)));
}

function keyPart(item: PlainObject, name: string, { keyDefaults = {} }: Items): unknown {
  // The API server takes an empty text for a missing one.
  return ownField(item, name) || ownField(keyDefaults, name);
}

function isKey(value: unknown): boolean {
  return typeof value === 'number' || (typeof value === 'string' && value !== '');
}

function keyNames({ mergeKeys }: Items): string {
  return mergeKeys.join(' and ');
}
