import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Answered, INJECTED_FIELDS, type InjectedField } from '../support/injected-fields.ts';
import { HARMLESS, injection } from '../support/injections.ts';
import { type Leaf, leavesOf } from '../support/leaves.ts';

/** Over all fields, more than 7,500 values. */
const VALUES_PER_FIELD = 120;
/** A name that many fields accept, and a text that few do: by chance alone a field may meet neither. */
const TRIED_ALWAYS: [string][] = [['harmless-x'], ['{{']];
const UNPRINTABLE = /[\p{Cc}\u2028\u2029\u202e]/u;

const MESSAGES = ['message', 'about', 'reason'];

type Outcome = 'kept' | 'refused';

it('the values of this suite are 7,500 or more', () => {
  expect(INJECTED_FIELDS.length * VALUES_PER_FIELD).toBeGreaterThanOrEqual(7500);
});

describe('a hostile value', () => {
  it.each(INJECTED_FIELDS)('is literal in its own place, or refused: $title ($fate)', (field) => {
    const reference = referenceOf(field);
    const outcomes: Outcome[] = [];
    fc.assert(
      fc.property(injection, (value) => {
        const answer = field.answer(value);
        expect(messagesOf([answer.status, answer.problems]).filter((text) => UNPRINTABLE.test(text))).toEqual([]);
        outcomes.push(outcomeOf(value, answer, reference));
      }),
      { numRuns: VALUES_PER_FIELD, examples: TRIED_ALWAYS },
    );
    expectFate(field, outcomes);
  });
});

/** What the answers to hostile values of a field are compared with. */
interface Reference {
  readonly field: InjectedField;
  /** The leaves of the answer to the harmless word. */
  readonly harmless: readonly Leaf[];
  /** The answer without the field. */
  readonly without: readonly string[];
  readonly told: string;
}

function referenceOf(field: InjectedField): Reference {
  const without = field.answer(undefined);
  return {
    field,
    harmless: leavesOf(field.answer(HARMLESS).children, { raw: field.raw === true }),
    without: linesOf(leavesOf(without.children, { raw: field.raw === true })),
    told: told(without),
  };
}

/** Fails unless the answer has the value exactly where it had the harmless word, or is as if the field were not there. */
function outcomeOf(value: string, answer: Answered, { field, harmless, ...bare }: Reference): Outcome {
  const actual = leavesOf(answer.children, { raw: field.raw === true });
  const lines = linesOf(actual);
  if (answer.children.length === 0 || isDeepStrictEqual(lines, bare.without)) {
    expect(field.fate === 'ignored' || told(answer) !== bare.told, `${JSON.stringify(value)} is told`).toBe(true);
    return 'refused';
  }
  if (field.like === undefined) {
    expect(lines).toEqual(linesOf(harmless.map((leaf) => replaced(leaf, value))));
  } else {
    expectSafe(actual, harmless, field.like);
  }
  return 'kept';
}

/** The places of the harmless word have texts like this, and all else is the same. */
function expectSafe(actual: readonly Leaf[], harmless: readonly Leaf[], like: RegExp): void {
  const places = new Set(harmless.filter(([, value]) => String(value).includes(HARMLESS)).map(([keys]) => keys.join()));
  const isPlace = ([keys]: Leaf) => places.has(keys.join());
  const others = (leaves: readonly Leaf[]) => linesOf(leaves.filter((leaf) => !isPlace(leaf)));
  expect(others(actual)).toEqual(others(harmless));
  expect(actual.filter(isPlace).filter(([, value]) => !like.test(String(value)))).toEqual([]);
}

function expectFate({ fate }: InjectedField, outcomes: readonly Outcome[]): void {
  const all = outcomes.length;
  const [least, most] = { kept: [all, all], checked: [1, all - 1], refused: [0, 0], ignored: [0, 0] }[fate];
  const kept = outcomes.filter((outcome) => outcome === 'kept').length;
  expect(kept, 'number of values that are kept').toBeGreaterThanOrEqual(least ?? 0);
  expect(kept, 'number of values that are kept').toBeLessThanOrEqual(most ?? 0);
}

/** Leaves as texts, sorted. */
function linesOf(leaves: readonly Leaf[]): readonly string[] {
  return leaves.map((leaf) => JSON.stringify(leaf)).sort();
}

function told({ status, problems }: Answered): string {
  return JSON.stringify([status, problems]);
}

function replaced([keys, value]: Leaf, text: string): Leaf {
  const put = (part: string) => part.replaceAll(HARMLESS, () => text);
  return [keys.map(put), typeof value === 'string' ? put(value) : value];
}

/** The texts of a status and of problems that people read. */
function messagesOf(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) {
    return [];
  }
  return Object.entries(value).flatMap(([key, item]) =>
    typeof item === 'string' ? (MESSAGES.includes(key) ? [item] : []) : messagesOf(item),
  );
}
