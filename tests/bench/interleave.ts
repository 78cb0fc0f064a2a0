import { setTimeout as wait } from 'node:timers/promises';

/** Something that is measured. It runs a number of times, and returns the milliseconds of one run. */
export type Contender = (runs: number) => number | Promise<number>;

export interface Pace {
  readonly rounds: number;
  /** The least time of one measurement: what takes less runs several times. */
  readonly sampleMs: number;
}

/** More runs than so are not needed for the shortest call. */
const MOST_RUNS = 2000;
/** A short rest, in which the runtime ends what it does in the background. */
const REST_MS = 1;

/**
 * Measures contenders in turn, A B A B, so that what else the machine does slows all of them. Returns the milliseconds of each
 * contender by round. The first measurements, which warm the code up, do not count.
 */
export async function interleave<Name extends string>(
  contenders: Readonly<Record<Name, Contender>>,
  { rounds, sampleMs }: Pace,
): Promise<Readonly<Record<Name, readonly number[]>>> {
  const names = Object.keys(contenders) as Name[];
  const runs = {} as Record<Name, number>;
  const times = {} as Record<Name, number[]>;
  for (const name of names) {
    runs[name] = await enoughRuns(contenders[name], sampleMs);
    times[name] = [];
  }
  for (let round = 0; round < rounds; round += 1) {
    for (const name of round % 2 === 0 ? names : names.toReversed()) {
      globalThis.gc?.();
      await wait(REST_MS);
      times[name].push(await contenders[name](runs[name]));
    }
  }
  return times;
}

/** How many runs take the time of a measurement, after as many that warm up. */
async function enoughRuns(contender: Contender, sampleMs: number): Promise<number> {
  const first = await contender(1);
  const warm = Math.max(1, Math.min(MOST_RUNS, Math.ceil(sampleMs / first)));
  const ms = await contender(warm);
  return Math.max(1, Math.min(MOST_RUNS, Math.ceil(sampleMs / ms)));
}

/** A contender in this process. */
export function inThisProcess(run: () => void): Contender {
  return (runs) => {
    const start = performance.now();
    for (let count = 0; count < runs; count += 1) {
      run();
    }
    return (performance.now() - start) / runs;
  };
}
