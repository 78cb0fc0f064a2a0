import fc from 'fast-check';
import type { Dice } from './random.ts';
import { HOSTILE_NAMES, HOSTILE_VALUES } from './values.ts';

const MOST_WORDS = 3000;

/** Makes values out of the names and texts of known bodies, so that they are near to what controllers read. */
export function grammarOf(bodies: readonly unknown[]): (dice: Dice) => unknown {
  const { names, leaves } = wordsOf(bodies);
  const name = fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...names) }, fc.constantFrom(...HOSTILE_NAMES));
  const leaf = fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...leaves) },
    { weight: 2, arbitrary: fc.constantFrom(...HOSTILE_VALUES) },
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc.double(),
  );
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof(
      { depthSize: 'small', withCrossShrink: false },
      leaf,
      fc.dictionary(name, tie('value'), { maxKeys: 6 }),
      fc.array(tie('value'), { maxLength: 4 }),
    ),
  }));
  return (dice) => {
    const [made] = fc.sample(value as fc.Arbitrary<unknown>, { seed: dice.below(2 ** 31), numRuns: 1 });
    return made;
  };
}

function wordsOf(bodies: readonly unknown[]): { readonly names: string[]; readonly leaves: unknown[] } {
  const entries = bodies.flatMap(entriesIn);
  const names = new Set(entries.map(([name]) => name).filter((name) => !/^[0-9]+$/.test(name)));
  const leaves = new Set(entries.map(([, value]) => value).filter((value) => typeof value !== 'object'));
  return { names: [...names].sort().slice(0, MOST_WORDS), leaves: [...leaves].slice(0, MOST_WORDS) };
}

function entriesIn(value: unknown): readonly (readonly [string, unknown])[] {
  const own = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  return [...own, ...own.flatMap(([, inside]) => entriesIn(inside))];
}
