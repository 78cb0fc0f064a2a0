import { codeUnitOrder } from '../../data/order.ts';
import { isPlainObject, ownField, type PlainObject } from '../../data/plain-object.ts';
import { withoutConflicts } from './conflicts.ts';
import type { Field, Fields, Items } from './field.ts';
import { typeLike, whyNotOfType } from './field-type.ts';
import { generatedItems, type Indexed, keyOf, type OverrideItems, overrideItems } from './merge-items.ts';
import { type Keyed, mergeOrder } from './merge-order.ts';
import { type MergeProblem, type Place, problem } from './merge-problem.ts';
import {
  isDeletion,
  isReplacement,
  isReplacingList,
  whyNoDirective,
  withoutDirective,
  withoutListDirective,
} from './patch-directives.ts';
import { listedWith } from './value-rules.ts';

/** The version of Kubernetes that the table of fields is from. */
export const KUBERNETES_VERSION = '1.36';

/** Up to so many fields are named for one that is not known. */
const MOST_NAMED = 12;

/** The value after the merge, if any, and the parts of the override that were not used. */
export interface Merged {
  readonly value: unknown;
  readonly problems: readonly MergeProblem[];
}

/** Merges an override over a generated value. If a part of the override is not valid, the generated part stays. */
export function merge(generated: unknown, override: unknown, place: Place): Merged {
  if (isReplacement(override)) {
    const { value, problems } = merge(undefined, withoutDirective(override), place);
    return { value: value ?? generated, problems };
  }
  const message = whyNotOfType(override, place.field?.type ?? typeLike(generated));
  if (message !== undefined) {
    return refused(generated, place, message);
  }
  const merged = mergeValue(generated, override, place);
  if (merged.value === generated) {
    return merged;
  }
  const resolved = withoutConflicts(merged.value, generated, place);
  const problems = [...merged.problems, ...resolved.problems];
  const why = place.field?.whyRefused?.(resolved.value);
  return why === undefined
    ? { value: resolved.value, problems }
    : { value: generated, problems: [...problems, problem(place, why)] };
}

function mergeValue(generated: unknown, override: unknown, place: Place): Merged {
  if (Array.isArray(override)) {
    return mergeList(generated, override, place);
  }
  return isPlainObject(override) ? mergeObject(generated, override, place) : { value: override, problems: [] };
}

function mergeObject(generated: unknown, override: PlainObject, place: Place): Merged {
  const message = whyNotUsed(override, place.field);
  if (message !== undefined) {
    return refused(generated, place, message);
  }
  const kept = isPlainObject(generated) ? withoutOtherAlternatives(generated, override, place.field) : {};
  const merged = Object.keys(override)
    .sort(codeUnitOrder)
    .map((name) => ({ name, ...mergeField([kept, override], name, place) }));
  const fields = new Map([...Object.entries(kept), ...merged.map(({ name, value }) => [name, value] as const)]);
  const value = Object.fromEntries([...fields].filter(([, field]) => field !== undefined));
  const problems = merged.flatMap((each) => each.problems);
  const isMissing = (name: string) => value[name] === undefined || value[name] === '';
  // What is removed on purpose is refused by `mergeField`.
  const isRefused = (name: string) => isMissing(name) && (!isPlainObject(generated) || name in value);
  const missing = place.field?.required?.find(isRefused);
  if (missing === undefined && !lostAlternative(value, override, place.field)) {
    return { value, problems };
  }
  return problems.length > 0
    ? { value: generated, problems }
    : refused(generated, place, whyIncomplete(missing, place));
}

/** The message for a missing field. An item of a list may lack it because its name is misspelt. */
function whyIncomplete(missing: string | undefined, { path }: Place): string {
  return path.endsWith(']') ? `has no ${missing}, and does not override a generated item` : `has no ${missing}`;
}

/** Whether the override chooses an alternative that is not valid, so that the merged object has none. */
function lostAlternative(value: PlainObject, override: PlainObject, field: Field | undefined): boolean {
  return alternativesIn(override, field).length > 0 && alternativesIn(value, field).length === 0;
}

function mergeField([generated, override]: readonly [PlainObject, PlainObject], name: string, parent: Place): Merged {
  const { fields = {}, values } = parent.field ?? {};
  const place = { path: `${parent.path}.${name}`, field: ownField(fields, name) ?? values };
  const before = ownField(generated, name);
  if (override[name] === null || isDeletion(override[name])) {
    return parent.field?.required?.includes(name)
      ? refused(before, place, 'is required, so it cannot be removed')
      : { value: undefined, problems: [] };
  }
  const why = whyNoField(name, parent.field);
  return why === undefined ? merge(before, override[name], place) : refused(before, place, why);
}

function whyNoField(name: string, parent: Field | undefined): string | undefined {
  const isUnknown = parent?.fields !== undefined && !Object.hasOwn(parent.fields, name);
  return isUnknown ? whyUnknown(parent.fields) : parent?.whyKeyRefused?.(name);
}

/** The API server refuses an unknown field under server-side apply, and drops it under dynamic apply. */
function whyUnknown(fields: Fields): string {
  const names = Object.keys(fields).sort(codeUnitOrder);
  const expected = names.length > MOST_NAMED ? '' : `; expected ${listedWith('or', names)}`;
  return `is not a field of Kubernetes ${KUBERNETES_VERSION}, so it is not used${expected}`;
}

function whyNotUsed(override: PlainObject, field: Field | undefined): string | undefined {
  const why = whyNoDirective(override);
  if (why !== undefined) {
    return why;
  }
  // The API server ignores an empty value beside another source.
  const alternatives = alternativesIn(override, field).filter((name) => override[name] !== '');
  return alternatives.length > 1
    ? `has ${alternatives.sort(codeUnitOrder).join(' and ')}; expected only one of them`
    : undefined;
}

function withoutOtherAlternatives(
  generated: PlainObject,
  override: PlainObject,
  field: Field | undefined,
): PlainObject {
  const alternatives = alternativesIn(override, field);
  const isReplaced = (name: string) =>
    alternatives.length > 0 && field?.isAlternative?.(name) === true && !alternatives.includes(name);
  return Object.fromEntries(Object.entries(generated).filter(([name]) => !isReplaced(name)));
}

function alternativesIn(override: PlainObject, field: Field | undefined): string[] {
  return Object.keys(override).filter((name) => field?.isAlternative?.(name) === true && override[name] !== null);
}

function mergeList(generated: unknown, override: readonly unknown[], place: Place): Merged {
  const items = place.field?.items;
  const named = withoutListDirective(override);
  if (items === undefined) {
    return replacedList(generated, named, place);
  }
  const before = isReplacingList(override) ? [] : generatedItems(generated, items);
  return mergeItems(before, overrideItems(named, items, place.path), items);
}

/** The override's whole list, or the generated one: without an invalid item, the list could mean something else. */
function replacedList(generated: unknown, override: Indexed, { path, field }: Place): Merged {
  const merged = override.map(([index, value]) => {
    const place = { path: `${path}[${index}]`, field: field?.item };
    return value === null ? refused(undefined, place, 'must not be null') : merge(undefined, value, place);
  });
  const problems = merged.flatMap((item) => item.problems);
  return { value: problems.length > 0 ? generated : merged.map(({ value }) => value), problems };
}

function mergeItems(generated: readonly Keyed[], { items, problems }: OverrideItems, list: Items): Merged {
  const deleted = new Set(items.flatMap(({ key, value }) => (isDeletion(value) ? key : [])));
  const kept = generated.filter(({ key }) => !deleted.has(key));
  const first = new Map(kept.toReversed().map(({ key, value }) => [key, value]));
  const merged = items
    .filter(({ key }) => !deleted.has(key))
    .map((item) => ({ key: item.key, ...merge(first.get(item.key), item.value, item.place) }));
  // Without a refused key, an item would be another item.
  const hasKey = ({ key, value }: Keyed) => isPlainObject(value) && keyOf(value, list) === key;
  const ordered = mergeOrder(kept, merged.filter(hasKey));
  return {
    value: ordered.map(({ value }) => value),
    problems: [...problems, ...merged.flatMap((item) => item.problems)],
  };
}

function refused(generated: unknown, place: Place, message: string): Merged {
  return { value: generated, problems: [problem(place, message)] };
}
