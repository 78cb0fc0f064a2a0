import fc from 'fast-check';

/** Right in three cases of four by default, so that most wrong values stand among right ones. */
export function mostly<Right, Wrong>(
  right: fc.Arbitrary<Right>,
  wrong: fc.Arbitrary<Wrong>,
  weight = 3,
): fc.Arbitrary<Right | Wrong> {
  return fc.oneof({ weight, arbitrary: right }, { weight: 1, arbitrary: wrong });
}
