import fc from 'fast-check';
import { expect } from 'vitest';

interface Reach {
  /** How many random cases are tried; fast-check's own 100 where it is left out. */
  readonly numRuns?: number;
  /** How many of them must reach the property's subject: well below what is usual, and far above an accident. */
  readonly floor: number;
}

/** To be called once in each case: whether there was anything that the property could have found wrong. */
type Tell = (isReached: boolean) => void;

/**
 * Asserts a property, and that enough of its cases reached its subject: one that holds because nothing was ever made says
 * nothing.
 */
export function assertReaching<Values>(
  { floor, ...runs }: Reach,
  propertyOf: (tell: Tell) => fc.IProperty<Values>,
): void {
  const reach = count();
  fc.assert(propertyOf(reach.tell), runs);
  reach.expectAtLeast(floor);
}

/** The same for a property that waits for something. */
export async function assertReachingAsync<Values>(
  { floor, ...runs }: Reach,
  propertyOf: (tell: Tell) => fc.IAsyncProperty<Values>,
): Promise<void> {
  const reach = count();
  await fc.assert(propertyOf(reach.tell), runs);
  reach.expectAtLeast(floor);
}

interface Count {
  readonly tell: Tell;
  readonly expectAtLeast: (floor: number) => void;
}

function count(): Count {
  const cases: boolean[] = [];
  return {
    tell: (isReached) => cases.push(isReached),
    expectAtLeast: (floor) => {
      const reached = cases.filter((isReached) => isReached).length;
      expect(reached, `how many of ${cases.length} cases reach the subject`).toBeGreaterThanOrEqual(floor);
    },
  };
}
