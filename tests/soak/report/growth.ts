import { rounded } from '../../bench/spread.ts';
import { slopeOf } from '../../support/slope.ts';

/** How much the memory of the replica that lives for the whole run has grown after its warm-up. */
export interface Growth {
  readonly mbPerMinute: number;
  /** By the line that fits best. */
  readonly grownMb: number;
  readonly limitMb: number;
}

const WARM_UP_MINUTES = 1;
/**
 * V8 gives memory back late, so a short run may look as if it grew: up to so many MB are no leak. A leak of one object for each call
 * would be more than that within an hour.
 */
const ALLOWED = { mb: 40, mbPerMinute: 0.5 };

/** A sample each few seconds: the minute and the MB. */
export type Sample = readonly [number, number];

export function growthOf(samples: readonly Sample[]): Growth {
  const warm = samples.filter(([minute]) => minute >= WARM_UP_MINUTES);
  const minutes = (warm.at(-1)?.[0] ?? 0) - (warm[0]?.[0] ?? 0);
  const slope = slopeOf(warm);
  return {
    mbPerMinute: rounded(slope),
    grownMb: rounded(slope * minutes),
    limitMb: rounded(ALLOWED.mb + ALLOWED.mbPerMinute * minutes),
  };
}
