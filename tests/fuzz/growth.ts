import { slopeOf } from '../support/slope.ts';

/** The first part of a run, in which the process fills its caches and V8 compiles. */
const WARM_UP = 0.4;
/** V8 returns memory when it likes. A leak of 10 KiB a call would be 120 MiB in the rest of 20,000 calls. */
const MOST_GROWTH_MIB = 100;

/** By how much memory grows over the calls after the warm-up, in MiB, told by a line through the samples. */
export function growthOf(samples: readonly number[]): number {
  const warm = samples.slice(Math.floor(samples.length * WARM_UP));
  return slopeOf(warm.map((sample, index) => [index, sample] as const)) * (warm.length - 1);
}

export function growsTooMuch(samples: readonly number[]): boolean {
  return growthOf(samples) > MOST_GROWTH_MIB;
}
