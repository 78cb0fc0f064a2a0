import { addForm, countForms, formTable, NO_NAMES, nameHash, nextForm } from './body-forms.ts';

/**
 * No object in a cluster is nested this deep. The limit protects recursive functions: JSON.stringify fails at several
 * thousand levels.
 */
export const DEEPEST_NESTING = 1000;

/** What a byte outside of strings means; all others mean nothing here. */
const NAME = 1;
const OPENS = 2;
const EXPONENT = 3;
const COMMA = 4;
const CLOSES = 5;
const KINDS = byteTable({
  ':': NAME,
  '{': OPENS,
  '[': OPENS,
  e: EXPONENT,
  E: EXPONENT,
  ',': COMMA,
  '}': CLOSES,
  ']': CLOSES,
});

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const DIGIT_ZERO = 0x30;
const DIGIT_NINE = 0x39;
/** A number without an exponent is finite up to so many characters. */
const SAFE_DIGITS = 308;

/** What the bytes of a JSON text say of it before any of it is parsed. */
export interface BodyScan {
  readonly isTooDeep: boolean;
  /** Whether there is a number that JSON.parse reads as infinite, for which JSON has no word. */
  readonly hasInfinite: boolean;
  /** Lists and objects. */
  readonly containers: number;
  readonly commas: number;
  /** The names of all members of all objects. */
  readonly names: number;
  /** Names that begin with a digit, or may do so: `\u0031` is one. */
  readonly numericNames: number;
  /** Different ways in which objects begin, name by name: see body-forms.ts. */
  readonly forms: number;
  /** The bytes of all strings, without names that end a form which was there before. */
  readonly textBytes: number;
}

/** For each level, a hash of the form of the object that is open there. */
const open = new Int32Array(DEEPEST_NESTING + 2);

/**
 * Reads a JSON text once. Whether it is JSON is left to JSON.parse: of one that is not, the figures mean nothing. This runs for
 * each byte of each call, so the loop over strings is in it, and the length in a variable: otherwise it takes half as long again.
 */
// biome-ignore lint/complexity/noExcessiveCognitiveComplexity: one loop over the bytes, for speed.
export function scanBody(body: Buffer): BodyScan {
  const { length } = body;
  const table = formTable(length);
  let [depth, containers, commas, names, numericNames, formBits, textBytes] = [0, 0, 0, 0, 0, 0, 0];
  let [first, mark, exponent, hasInfinite] = [0, -1, -1, false];
  for (let index = 0; index < length && depth <= DEEPEST_NESTING; index += 1) {
    const byte = body[index] as number;
    const kind = KINDS[byte] as number;
    if (byte === QUOTE) {
      first = index;
      for (index += 1; index < length; index += 1) {
        const inside = body[index];
        if (inside === QUOTE) {
          break;
        }
        if (inside === BACKSLASH) {
          index += 1;
        }
      }
      textBytes += index - first;
      mark = index;
    } else if (kind === NAME) {
      const form = nextForm(open[depth] as number, nameHash(body, first + 1, mark));
      const fresh = addForm(table, form);
      open[depth] = form;
      names += 1;
      formBits += fresh;
      numericNames += mayBeNumeric(body[first + 1]);
      textBytes -= fresh === 1 ? 0 : mark - first;
      mark = index;
    } else if (kind === OPENS) {
      depth += 1;
      containers += 1;
      open[depth] = NO_NAMES;
      mark = index;
    } else if (kind === COMMA || kind === CLOSES) {
      hasInfinite ||= (exponent > mark || index - mark > SAFE_DIGITS) && isInfinite(body, mark + 1, index);
      commas += kind === COMMA ? 1 : 0;
      depth -= kind === COMMA ? 0 : 1;
      mark = index;
    } else if (kind === EXPONENT) {
      // The `e` of `true` and `false` is none: to read each of them as a number takes seconds.
      exponent = isDigit(body[index - 1]) === 1 ? index : exponent;
    }
  }
  const isTooDeep = depth > DEEPEST_NESTING;
  const forms = countForms(table, formBits);
  return { isTooDeep, hasInfinite, containers, commas, names, numericNames, forms, textBytes };
}

function byteTable(values: Readonly<Record<string, number>>): Int8Array {
  const table = new Int8Array(256);
  for (const [byte, value] of Object.entries(values)) {
    table[byte.charCodeAt(0)] = value;
  }
  return table;
}

function isDigit(byte = 0): number {
  return byte >= DIGIT_ZERO && byte <= DIGIT_NINE ? 1 : 0;
}

function mayBeNumeric(byte = 0): number {
  return byte === BACKSLASH ? 1 : isDigit(byte);
}

/** Whether a text is a number beyond 1.8e308. */
function isInfinite(body: Buffer, start: number, end: number): boolean {
  return Math.abs(Number(body.toString('latin1', start, end))) === Number.POSITIVE_INFINITY;
}
