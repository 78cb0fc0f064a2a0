import { type Dice, shuffled } from './random.ts';
import { HOSTILE_NAMES, HOSTILE_VALUES } from './values.ts';

type Container = Record<string, unknown> | unknown[];

/** So many bytes of the same value at most: otherwise some bodies become too large to be quick. */
const MOST_BYTES = 100_000;

/** A value in a body: in which list or object it is, and under which name or index. */
interface Place {
  readonly container: Container;
  readonly key: string;
}

/** Changes a parsed body in place, at random places. `others` are values of other bodies. */
export function mutateValue(body: unknown, others: readonly unknown[], dice: Dice): void {
  const changes = 1 + dice.below(4);
  for (let count = 0; count < changes; count += 1) {
    const place = dice.of(placesIn(body));
    if (place !== undefined) {
      dice.of(MUTATIONS)(place, { dice, others });
    }
  }
}

interface Means {
  readonly dice: Dice;
  readonly others: readonly unknown[];
}
type Mutation = (place: Place, means: Means) => void;

const MUTATIONS: readonly Mutation[] = [
  (place, { dice }) => set(place, hostile(dice)),
  (place, { dice }) => set(place, hostile(dice)),
  (place, { others, dice }) => set(place, structuredClone(valueAt(dice.of(placesIn(dice.of(others)))))),
  (place) => remove(place),
  (place, { dice }) => rename(place, dice.of(HOSTILE_NAMES)),
  (place, { dice }) => rename(place, spoilt(place.key, dice)),
  (place, { dice }) => set(place, nested(valueAt(place), 1 + dice.below(500), dice)),
  (place, { dice }) => set(place, manyTimes(valueAt(place), dice)),
  (place, { dice }) => reorder(place, dice),
  (place, { dice }) => repeat(place, dice),
  (place, { dice }) => set(place, spoiltValue(valueAt(place), dice)),
  contradict,
  contradict,
];

/** Gives an object of a map another name, namespace or kind than its key says. */
function contradict(place: Place, { dice, others }: Means): void {
  const value = valueAt(place);
  const metadata = isObject(value) ? value['metadata'] : undefined;
  if (isObject(value) && isObject(metadata)) {
    const [owner, field] = dice.of([
      [metadata, 'name'],
      [metadata, 'namespace'],
      [metadata, 'uid'],
      [value, 'kind'],
      [value, 'apiVersion'],
    ] as const);
    set({ container: owner, key: field }, dice.chance(0.5) ? spoilt(String(owner[field]), dice) : undefined);
  } else {
    rename(place, dice.of(placesIn(dice.of(others)))?.key ?? '');
  }
}

function placesIn(root: unknown): readonly [Place, ...Place[]] {
  const found: Place[] = [];
  const waiting: unknown[] = [root];
  for (let value = waiting.pop(); value !== undefined; value = waiting.pop()) {
    if (typeof value === 'object' && value !== null) {
      const container = value as Container;
      for (const [key, inside] of Object.entries(container)) {
        found.push({ container, key });
        waiting.push(inside);
      }
    }
  }
  return (found.length > 0 ? found : [{ container: {}, key: '' }]) as [Place, ...Place[]];
}

function valueAt({ container, key }: Place): unknown {
  return (container as Record<string, unknown>)[key];
}

/** An own member, also if its name is `__proto__`. */
function set({ container, key }: Place, value: unknown): void {
  Object.defineProperty(container, key, { value, enumerable: true, configurable: true, writable: true });
}

function remove({ container, key }: Place): void {
  if (Array.isArray(container)) {
    container.splice(Number(key), 1);
  } else {
    delete container[key];
  }
}

function rename(place: Place, key: string): void {
  const value = valueAt(place);
  if (!Array.isArray(place.container)) {
    delete place.container[place.key];
    set({ container: place.container, key }, value);
  }
}

function reorder(place: Place, dice: Dice): void {
  const value = valueAt(place);
  if (Array.isArray(value)) {
    set(place, shuffled(value, dice));
  } else if (isObject(value)) {
    set(place, Object.fromEntries(shuffled(Object.entries(value), dice)));
  }
}

/** The same item again, or the same value under a name like its own. */
function repeat(place: Place, dice: Dice): void {
  const { container, key } = place;
  const copy = structuredClone(valueAt(place));
  if (Array.isArray(container)) {
    container.push(copy);
  } else {
    set({ container, key: spoilt(key, dice) }, copy);
  }
}

function manyTimes(value: unknown, dice: Dice): readonly unknown[] {
  const bytes = JSON.stringify(value)?.length ?? 1;
  return Array.from({ length: Math.min(1 + dice.below(500), Math.ceil(MOST_BYTES / bytes)) }, () => value);
}

function nested(value: unknown, levels: number, dice: Dice): unknown {
  const isList = dice.chance(0.5);
  let inside = value;
  for (let level = 0; level < levels; level += 1) {
    inside = isList ? [inside] : { a: inside };
  }
  return inside;
}

function spoiltValue(value: unknown, dice: Dice): unknown {
  switch (typeof value) {
    case 'string':
      return spoilt(value, dice);
    case 'number':
      return dice.of([-value, value + 0.5, value * 1e12, `${value}`]);
    case 'boolean':
      return dice.of([!value, `${value}`, Number(value)]);
    default:
      return hostile(dice);
  }
}

/** A copy: later changes of a body must not change the bodies after it, nor put a value into itself. */
function hostile(dice: Dice): unknown {
  return structuredClone(dice.of(HOSTILE_VALUES));
}

function spoilt(text: string, dice: Dice): string {
  const at = dice.below(text.length + 1);
  return dice.of([
    `${text}x`,
    text.slice(0, at),
    text.slice(at),
    text.toUpperCase(),
    `${text.slice(0, at)}/${text.slice(at)}`,
    `${text.slice(0, at)}\u0000${text.slice(at)}`,
    `${text.slice(0, at)}.${text.slice(at)}`,
    `${text} `,
    text.repeat(2),
  ]);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
