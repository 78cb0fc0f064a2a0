import { availableParallelism, loadavg } from 'node:os';
import { describe, expect, it } from 'vitest';
import { answerCall, callsFor, type HookCall, processorMs } from '../../support/cost.ts';
import type { Fields, Grow } from '../../support/growing.ts';
import { GROWING_FIELDS, grownTo, grownToCap, isCapped } from '../../support/growing-fields.ts';

/** What the API server stores at most, less what an object has besides. */
const LARGEST_BYTES = 1.5 * 1024 * 1024 - 4096;
/** The goal for one call, in milliseconds of the processor. */
const GOAL_MS = 250;
/** A busy machine is slow for everybody, also for who only parses the body and writes it again. */
const TIMES_PARSING = 8;
const ATTEMPTS = 4;
const MOST_CROWDED = 3;
/** 700,000 conditions that are numbers took 344 ms. Only who may write the status can leave them there. */
const OVER_THE_GOAL = 'status.conditions of numbers';

/** Answers a call within the goal, or else at the best attempt within a multiple of what its JSON costs alone. */
function expectCheap(call: HookCall, bound: number): void {
  const first = processorMs(() => answerCall(call));
  if (first >= bound) {
    const parsing = best(() => JSON.stringify(JSON.parse(call.text)));
    const ms = best(() => answerCall(call));
    const most = Math.max(bound * crowding(), TIMES_PARSING * parsing);
    expect(ms, `${call.controller} ${call.hook}`).toBeLessThan(most);
  }
}

/** Programs that share processors share their caches too, so each takes more time: one call took 266 to 499 ms. */
function crowding(): number {
  const [load = 0] = loadavg();
  return Math.min(MOST_CROWDED, Math.max(1, load / availableParallelism()));
}

/** Collecting garbage counts too, so one attempt says little. */
function best(run: () => void): number {
  return Math.min(...Array.from({ length: ATTEMPTS }, () => processorMs(run)));
}

type Kind = keyof typeof GROWING_FIELDS;
type Case = { readonly kind: Kind; readonly field: string; readonly grow: Grow };

const CASES = Object.entries(GROWING_FIELDS).flatMap(([kind, fields]) =>
  Object.entries<Grow>(fields).map(([field, grow]): Case => ({ kind: kind as Kind, field, grow })),
);

/** The KAOS kinds have the fields of a workload in common, and a spec is checked for its size in one place. */
const DIFFERENT = CASES.filter(
  ({ kind, field }) =>
    !(['ModelAPI', 'MCPServer', 'MemoryStore'].includes(kind) && /^spec\.(container|podSpec)\./.test(field)),
);

function expectAllCheap({ kind, field }: Case, grown: Fields): void {
  for (const call of callsFor(kind, grown)) {
    expectCheap(call, field === OVER_THE_GOAL ? 3 * GOAL_MS : GOAL_MS);
  }
}

describe('an object as large as the API server stores', () => {
  it.each(DIFFERENT)('is cheap to answer: $kind $field', (each) =>
    expectAllCheap(each, grownTo(LARGEST_BYTES, each.grow)),
  );
});

describe('an object of a size that is mostly below the caps', () => {
  it.each(CASES)('is cheap to answer: $kind $field', (each) => expectAllCheap(each, grownTo(300 * 1024, each.grow)));
});

const CAPPED = DIFFERENT.filter(({ grow }) => isCapped(grow));

describe('an object with as much in a field as a spec may have', () => {
  it('has one of at least 75 fields that are capped', () => {
    expect(CAPPED.length).toBeGreaterThanOrEqual(75);
  });

  it.each(CAPPED)('is cheap to answer: $kind $field', (each) => expectAllCheap(each, grownToCap(each.grow)));
});
