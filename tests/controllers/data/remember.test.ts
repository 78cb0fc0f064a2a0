import fc from 'fast-check';
import { expect, it } from 'vitest';
import { remember } from '../../../controllers/data/remember.ts';

/** A function that counts how often it is computed for each text. */
function counting(most: number) {
  const computed: string[] = [];
  const ask = remember((text: string) => {
    computed.push(text);
    return text === 'none' ? undefined : [text];
  }, most);
  return { ask, computed };
}

it('computes a text once, also if the result is undefined', () => {
  const { ask, computed } = counting(2);
  expect(['a', 'a', 'none', 'none'].map(ask)).toEqual([['a'], ['a'], undefined, undefined]);
  expect(computed).toEqual(['a', 'none']);
});

it('keeps the texts that were asked for last', () => {
  const { ask, computed } = counting(2);
  ['a', 'b', 'a', 'c', 'a', 'b'].forEach(ask);
  expect(computed).toEqual(['a', 'b', 'c', 'b']);
});

it('answers as the function itself does, whatever is asked', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'none')),
      fc.integer({ min: 1, max: 4 }),
      (texts, most) => {
        const { ask, computed } = counting(most);
        expect(texts.map(ask)).toEqual(texts.map((text) => (text === 'none' ? undefined : [text])));
        expect(computed.length).toBeLessThanOrEqual(texts.length);
      },
    ),
  );
});
