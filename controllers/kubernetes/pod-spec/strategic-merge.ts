import { codeUnitOrder } from '../../data/order.ts';
import { isPlainObject, ownField, type PlainObject } from '../../data/plain-object.ts';
import type { Field } from './field.ts';
import { typeLike, whyNotOfType } from './field-type.ts';
import { generatedItems, type OverrideItems, overrideItems } from './merge-items.ts';
import { type Keyed, mergeOrder } from './merge-order.ts';
import { type MergeProblem, type Place, problem } from './merge-problem.ts';

/** A value after the merge, undefined where there is none, and what of the override was not taken. */
export interface Merged {
  readonly value: unknown;
  readonly problems: readonly MergeProblem[];
}

/** Merges an override over what was generated. What cannot be taken leaves what was generated. */
export function merge(generated: unknown, override: unknown, place: Place): Merged {
  const message = whyNotOfType(override, place.field?.type ?? typeLike(generated));
  if (message !== undefined) {
    return refused(generated, place, message);
  }
  const merged = mergeValue(generated, override, place);
  const why = place.field?.whyRefused?.(merged.value);
  return why === undefined ? merged : { value: generated, problems: [...merged.problems, problem(place, why)] };
}

function mergeValue(generated: unknown, override: unknown, place: Place): Merged {
  if (Array.isArray(override)) {
    return mergeList(generated, override, place);
  }
  return isPlainObject(override) ? mergeObject(generated, override, place) : { value: override, problems: [] };
}

function mergeObject(generated: unknown, override: PlainObject, place: Place): Merged {
  const message = whyNotTaken(override, place.field);
  if (message !== undefined) {
    return refused(generated, place, message);
  }
  const kept = isPlainObject(generated) ? withoutOtherKinds(generated, override, place.field) : {};
  const merged = Object.keys(override)
    .sort(codeUnitOrder)
    .map((name) => ({ name, ...mergeField([kept, override], name, place) }));
  const fields = new Map([...Object.entries(kept), ...merged.map(({ name, value }) => [name, value] as const)]);
  const value = Object.fromEntries([...fields].filter(([, field]) => field !== undefined));
  const problems = merged.flatMap((each) => each.problems);
  const isMissing = (name: string) => value[name] === undefined || value[name] === '';
  const missing = isPlainObject(generated) ? undefined : place.field?.required?.find(isMissing);
  if (missing === undefined && !lostItsKind(value, override, place.field)) {
    return { value, problems };
  }
  return problems.length > 0 ? { value: generated, problems } : refused(generated, place, lacks(missing, place));
}

/** The name of an item may be misspelt. */
function lacks(missing: string | undefined, { path }: Place): string {
  return path.endsWith(']') ? `has no ${missing}, and nothing is there that it overrides` : `has no ${missing}`;
}

/** Whether what was to be there instead of another kind could not be taken. */
function lostItsKind(value: PlainObject, override: PlainObject, field: Field | undefined): boolean {
  return kindsIn(override, field).length > 0 && kindsIn(value, field).length === 0;
}

function mergeField([generated, override]: readonly [PlainObject, PlainObject], name: string, parent: Place): Merged {
  const { fields = {}, values } = parent.field ?? {};
  const place = { path: `${parent.path}.${name}`, field: ownField(fields, name) ?? values };
  const before = ownField(generated, name);
  if (override[name] !== null) {
    return merge(before, override[name], place);
  }
  return parent.field?.required?.includes(name)
    ? refused(before, place, 'is required, so it cannot be removed')
    : { value: undefined, problems: [] };
}

function whyNotTaken(override: PlainObject, field: Field | undefined): string | undefined {
  const [directive] = Object.keys(override)
    .filter((name) => name.startsWith('$'))
    .sort(codeUnitOrder);
  if (directive !== undefined) {
    return `has ${directive}; directives of patches are not taken, but null removes a field`;
  }
  // Beside another source the API server takes an empty text for no value.
  const kinds = kindsIn(override, field).filter((name) => override[name] !== '');
  return kinds.length > 1 ? `has ${kinds.sort(codeUnitOrder).join(' and ')}, of which there may be one` : undefined;
}

function withoutOtherKinds(generated: PlainObject, override: PlainObject, field: Field | undefined): PlainObject {
  const kinds = kindsIn(override, field);
  const isReplaced = (name: string) =>
    kinds.length > 0 && field?.isAlternative?.(name) === true && !kinds.includes(name);
  return Object.fromEntries(Object.entries(generated).filter(([name]) => !isReplaced(name)));
}

function kindsIn(override: PlainObject, field: Field | undefined): string[] {
  return Object.keys(override).filter((name) => field?.isAlternative?.(name) === true && override[name] !== null);
}

function mergeList(generated: unknown, override: readonly unknown[], place: Place): Merged {
  const items = place.field?.items;
  return items === undefined
    ? replacedList(generated, override, place)
    : mergeItems(generatedItems(generated, items), overrideItems(override, items, place.path));
}

/** The override's list alone, as a whole: without one of its items it could mean something else. */
function replacedList(generated: unknown, override: readonly unknown[], { path, field }: Place): Merged {
  const merged = override.map((value, index) => {
    const place = { path: `${path}[${index}]`, field: field?.item };
    return value === null ? refused(undefined, place, 'must not be null') : merge(undefined, value, place);
  });
  const problems = merged.flatMap((item) => item.problems);
  return { value: problems.length > 0 ? generated : merged.map(({ value }) => value), problems };
}

function mergeItems(generated: readonly Keyed[], { items, problems }: OverrideItems): Merged {
  const first = new Map(generated.toReversed().map(({ key, value }) => [key, value]));
  const merged = items.map((item) => ({ key: item.key, ...merge(first.get(item.key), item.value, item.place) }));
  const ordered = mergeOrder(
    generated,
    merged.filter(({ value }) => value !== undefined),
  );
  return {
    value: ordered.map(({ value }) => value),
    problems: [...problems, ...merged.flatMap((item) => item.problems)],
  };
}

function refused(generated: unknown, place: Place, message: string): Merged {
  return { value: generated, problems: [problem(place, message)] };
}
