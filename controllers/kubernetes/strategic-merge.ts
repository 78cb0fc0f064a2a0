import { codeUnitOrder } from '../order.ts';
import { generatedItems, type OverrideItem, type OverrideItems, overrideItems } from './merge-items.ts';
import { type Keyed, mergeOrder } from './merge-order.ts';
import { type MergeProblem, type Place, problem } from './merge-problem.ts';
import { isPlainObject, ownField, type PlainObject } from './plain-object.ts';
import type { Field } from './pod-spec-fields.ts';

/** A value after the merge, undefined where there is none, and what of the override was not taken. */
export interface Merged {
  readonly value: unknown;
  readonly problems: readonly MergeProblem[];
}

const TYPE_NAMES = { object: 'an object', list: 'a list', scalar: 'a single value' } as const;

/** Merges an override over what was generated. What cannot be taken leaves what was generated. */
export function merge(generated: unknown, override: unknown, place: Place): Merged {
  const expected = place.field?.type ?? (generated === undefined ? undefined : typeOf(generated));
  if (expected !== undefined && typeOf(override) !== expected) {
    return refused(generated, place, `must be ${TYPE_NAMES[expected]}`);
  }
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
  return {
    value: Object.fromEntries([...fields].filter(([, value]) => value !== undefined)),
    problems: merged.flatMap(({ problems }) => problems),
  };
}

function mergeField([generated, override]: readonly [PlainObject, PlainObject], name: string, parent: Place): Merged {
  const place = { path: `${parent.path}.${name}`, field: ownField(parent.field?.fields ?? {}, name) };
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
  const isReplaced = (name: string) => kinds.length > 0 && field?.isKind?.(name) === true && !kinds.includes(name);
  return Object.fromEntries(Object.entries(generated).filter(([name]) => !isReplaced(name)));
}

function kindsIn(override: PlainObject, field: Field | undefined): string[] {
  return Object.keys(override).filter((name) => field?.isKind?.(name) === true && override[name] !== null);
}

function mergeList(generated: unknown, override: readonly unknown[], place: Place): Merged {
  const items = place.field?.items;
  return items === undefined
    ? replacedList(override, place.path)
    : mergeItems(generatedItems(generated, items), overrideItems(override, items, place.path));
}

/** The override's list alone, without what no list may hold. */
function replacedList(override: readonly unknown[], list: string): Merged {
  const merged = override.map((value, index) => {
    const place = { path: `${list}[${index}]`, field: undefined };
    return value === null ? refused(undefined, place, 'must not be null') : merge(undefined, value, place);
  });
  return {
    value: merged.map(({ value }) => value).filter((value) => value !== undefined),
    problems: merged.flatMap(({ problems }) => problems),
  };
}

function mergeItems(generated: readonly Keyed[], { items, problems }: OverrideItems): Merged {
  const first = new Map(generated.toReversed().map(({ key, value }) => [key, value]));
  const merged = items.map((item) => ({ key: item.key, ...mergeItem(first.get(item.key), item) }));
  const ordered = mergeOrder(
    generated,
    merged.filter(({ value }) => value !== undefined),
  );
  return {
    value: ordered.map(({ value }) => value),
    problems: [...problems, ...merged.flatMap((item) => item.problems)],
  };
}

function mergeItem(generated: unknown, { value, place }: OverrideItem): Merged {
  const missing = place.field?.required?.find((name) => !value[name]);
  return generated === undefined && missing !== undefined
    ? refused(undefined, place, `has no ${missing}, and nothing with its name is there to override`)
    : merge(generated, value, place);
}

function refused(generated: unknown, place: Place, message: string): Merged {
  return { value: generated, problems: [problem(place, message)] };
}

function typeOf(value: unknown): keyof typeof TYPE_NAMES {
  if (Array.isArray(value)) {
    return 'list';
  }
  return isPlainObject(value) ? 'object' : 'scalar';
}
