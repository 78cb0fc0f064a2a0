import { describe, expect, it } from 'vitest';
import { answerCall, callsFor, type HookCall, processorMs } from '../../support/cost.ts';
import type { Grow } from '../../support/growing.ts';
import { GROWING_FIELDS, grownTo } from '../../support/growing-fields.ts';

/** What the API server stores at most, in bytes, less what an object has besides; and a size that is mostly below the caps. */
const SIZES = { 'as large as the API server stores': 1.5 * 1024 * 1024 - 4096, 'of 300 KiB': 300 * 1024 };
/** The goal for one call, in milliseconds of the processor. */
const GOAL_MS = 250;
/** A busy machine is slow for everybody, also for who only parses the body and writes it again. */
const TIMES_PARSING = 8;
const ATTEMPTS = 4;

/** Answers a call within the goal, or else at the best attempt within a multiple of what its JSON costs alone. */
function expectCheap(call: HookCall): void {
  const first = processorMs(() => answerCall(call));
  if (first >= GOAL_MS) {
    const parsing = best(() => JSON.stringify(JSON.parse(call.text)));
    const ms = best(() => answerCall(call));
    expect(ms, `${call.controller} ${call.hook}`).toBeLessThan(Math.max(GOAL_MS, TIMES_PARSING * parsing));
  }
}

/** Collecting garbage counts too, so one attempt says little. */
function best(run: () => void): number {
  return Math.min(...Array.from({ length: ATTEMPTS }, () => processorMs(run)));
}

const CASES = Object.entries(GROWING_FIELDS).flatMap(([kind, fields]) =>
  Object.entries<Grow>(fields).map(([field, grow]) => ({ kind: kind as keyof typeof GROWING_FIELDS, field, grow })),
);

describe.each(Object.entries(SIZES))('an object %s', (_size, bytes) => {
  it.each(CASES)('is cheap to answer: $kind $field', ({ kind, grow }) => {
    for (const call of callsFor(kind, grownTo(bytes, grow))) {
      expectCheap(call);
    }
  });
});
