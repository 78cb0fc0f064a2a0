import { table } from 'table';
import type { Reached } from './judge.ts';

/** Each hook must answer or refuse in its controller at least this part of its calls. Otherwise only the checks before it are tested. */
const LEAST_PART = 0.4;

/** Counts of the calls of a hook. */
interface HookTally {
  readonly reached: Map<Reached, number>;
  readonly codes: Map<number, number>;
}

/** Counts for each hook how its calls ended. */
export type Tally = Map<string, HookTally>;

export function count(tally: Tally, hook: string, code: number, how: Reached): void {
  const own = tally.get(hook) ?? { reached: new Map(), codes: new Map() };
  tally.set(hook, own);
  own.codes.set(code, (own.codes.get(code) ?? 0) + 1);
  own.reached.set(how, (own.reached.get(how) ?? 0) + 1);
}

/** Hooks of which too few calls came as far as their controllers. */
export function rarelyReached(tally: Tally): readonly string[] {
  return [...tally].filter(([, own]) => partReached(own) < LEAST_PART).map(([name]) => name);
}

function partReached({ reached }: HookTally): number {
  return 1 - (reached.get('refused before') ?? 0) / sum(reached.values());
}

function sum(numbers: Iterable<number>): number {
  return [...numbers].reduce((total, each) => total + each, 0);
}

export function tableOf(tally: Tally): string {
  const rows = [...tally].map(([name, own]) => [
    name,
    sum(own.codes.values()),
    [...own.codes]
      .sort(([a], [b]) => a - b)
      .map(([code, calls]) => `${code}: ${calls}`)
      .join(', '),
    `${own.reached.get('answered') ?? 0}`,
    `${own.reached.get('refused by the controller') ?? 0}`,
    `${Math.round(partReached(own) * 100)} %`,
  ]);
  return table([['hook', 'calls', 'codes', 'answered', 'refused by the controller', 'reached'], ...rows], {
    drawHorizontalLine: (line, size) => line < 2 || line === size,
  });
}
