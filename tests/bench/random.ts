/** A source of numbers from 0 up to 1, the same ones for the same seed: Mulberry32. */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A member of a list that has at least one. */
export function oneOf<Item>(items: readonly [Item, ...Item[]], random: () => number): Item {
  return items[Math.floor(random() * items.length)] ?? items[0];
}

/** The same value with the keys of all objects in random order. Lists stay as they are. */
export function withShuffledKeys(value: unknown, random: () => number): unknown {
  if (Array.isArray(value)) {
    return value.map((item) => withShuffledKeys(item, random));
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const entries = Object.entries(value).map(([key, item]) => ({ key, item, place: random() }));
  entries.sort((a, b) => a.place - b.place);
  return Object.fromEntries(entries.map(({ key, item }) => [key, withShuffledKeys(item, random)]));
}
