import fc from 'fast-check';

/** What is right in three cases of four, so that one thing that is wrong meets others that are right. */
export function mostly<Right, Wrong>(
  right: fc.Arbitrary<Right>,
  wrong: fc.Arbitrary<Wrong>,
  weight = 3,
): fc.Arbitrary<Right | Wrong> {
  return fc.oneof({ weight, arbitrary: right }, { weight: 1, arbitrary: wrong });
}
