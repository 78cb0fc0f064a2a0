import { describe, expect, it } from 'vitest';
import { answerCall, callsFor, type HookCall, processorMs } from '../../support/cost.ts';
import { GROWING_FIELDS, type Grow, grownTo } from '../../support/growing-fields.ts';

/** What the API server stores at most, in bytes, less what an object has besides; and a size that is below all caps. */
const SIZES = { 'as large as the API server stores': 1.5 * 1024 * 1024 - 4096, 'of 300 KiB': 300 * 1024 };
/** The goal on a machine that does nothing else, in milliseconds of the processor. */
const GOAL_MS = 250;
/** A busy machine is slow for everybody, also for those who only parse the body and write it again. */
const TIMES_PARSING = 8;
const ATTEMPTS = 4;

/** The best of several attempts: what else the process does, such as collecting garbage, counts too. */
function bestMs(run: () => void): number {
  return Math.min(...Array.from({ length: ATTEMPTS }, () => processorMs(run)));
}

function costOf(call: HookCall): { readonly ms: number; readonly bound: number } {
  const parsing = bestMs(() => JSON.stringify(JSON.parse(call.text)));
  const bound = Math.max(GOAL_MS, TIMES_PARSING * parsing);
  const first = processorMs(() => answerCall(call));
  return { ms: first < bound / 2 ? first : bestMs(() => answerCall(call)), bound };
}

const CASES = Object.entries(GROWING_FIELDS).flatMap(([kind, fields]) =>
  Object.entries<Grow>(fields).map(([field, grow]) => ({ kind: kind as keyof typeof GROWING_FIELDS, field, grow })),
);

describe.each(Object.entries(SIZES))('an object %s', (_size, bytes) => {
  it.each(CASES)('stops nobody: $kind $field', ({ kind, grow, field }) => {
    for (const call of callsFor(kind, grownTo(bytes, grow))) {
      const outcome = answerCall(call);
      const isMisfit = field === 'status.url that is a list';
      expect(outcome, 'every object is answered').toBe(isMisfit ? outcome : 'answered');
      const { ms, bound } = costOf(call);
      expect(ms, `${call.controller} ${call.hook}`).toBeLessThan(bound);
    }
  });
});
