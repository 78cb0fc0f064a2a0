import { oneOf, randomFrom } from '../bench/random.ts';

/** A source of choices that is the same for the same seed. */
export interface Dice {
  readonly next: () => number;
  /** A whole number from 0 up to a number below this one. */
  readonly below: (most: number) => number;
  readonly chance: (part: number) => boolean;
  /** A member of a list that has at least one. */
  readonly of: <Item>(items: readonly Item[]) => Item;
}

/** The dice of one body: its number and the seed of the run say what they show. */
export function diceOf(seed: number, index: number): Dice {
  const next = randomFrom(Math.imul(seed, 0x9e3779b1) ^ Math.imul(index + 1, 0x85ebca6b));
  return {
    next,
    below: (most) => Math.floor(next() * most),
    chance: (part) => next() < part,
    of: (items) => oneOf(items as readonly [(typeof items)[number], ...(typeof items)[number][]], next),
  };
}

/** A shuffled copy. */
export function shuffled<Item>(items: readonly Item[], dice: Dice): readonly Item[] {
  return items
    .map((item) => ({ item, place: dice.next() }))
    .sort((a, b) => a.place - b.place)
    .map(({ item }) => item);
}
