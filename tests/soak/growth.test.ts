import { expect, it } from 'vitest';
import { growthOf, type Sample } from './report/growth.ts';

/** A sample each six seconds. */
function samples(minutes: number, mbAt: (minute: number) => number): readonly Sample[] {
  return Array.from({ length: minutes * 10 }, (_, index) => [index / 10, mbAt(index / 10)] as const);
}

it('does not count what the start needs, nor a saw', () => {
  const { grownMb, limitMb } = growthOf(samples(60, (minute) => (minute < 1 ? 60 : 100 + (minute % 3) * 20)));
  expect(Math.abs(grownMb)).toBeLessThan(5);
  expect(limitMb).toBeCloseTo(69.4, 0);
});

it('finds a leak of two MB each minute within an hour', () => {
  const { mbPerMinute, grownMb, limitMb } = growthOf(samples(60, (minute) => 100 + 2 * minute + (minute % 3) * 20));
  expect(mbPerMinute).toBeCloseTo(2, 1);
  expect(grownMb).toBeGreaterThan(limitMb);
});
