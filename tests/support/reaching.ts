import fc from 'fast-check';
import { expect } from 'vitest';

interface Reach {
  /** The number of random cases; 100 by default, as in fast-check. */
  readonly numRuns?: number;
  /** How many cases must reach the subject of the property: well below the usual number, far above chance. */
  readonly floor: number;
}

/** Call it once in each case: whether the case had something that the property could refute. */
type Tell = (isReached: boolean) => void;

/**
 * Asserts a property, and that enough of its cases reach its subject: a property that holds only because no case has
 * children proves nothing.
 */
export function assertReaching<Values>(
  { floor, ...runs }: Reach,
  propertyOf: (tell: Tell) => fc.IProperty<Values>,
): void {
  const reach = count();
  fc.assert(propertyOf(reach.tell), runs);
  reach.expectAtLeast(floor);
}

/** The same for an asynchronous property. */
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
      expect(reached, `number of the ${cases.length} cases that reach the subject`).toBeGreaterThanOrEqual(floor);
    },
  };
}
