import { randomInt } from 'node:crypto';

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

/** The bits of the table of forms, and the least bytes of a form in a body: `"":0`. */
const FEWEST_BITS = 2 ** 10;
const MOST_BITS = 2 ** 22;
const BYTES_OF_FORM = 4;
/** Odd, and another one in each process: otherwise a caller could choose names that fall on the same place in the table. */
const FACTOR = randomInt(2 ** 31) | 1;

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
  /**
   * A form is how an object begins: its names from the first up to one of them, in their order. This is how many different
   * ones there are, within a hundredth.
   */
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
  const table = new Int32Array(bitsFor(length) / 32);
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
      const form = nextForm(open[depth] as number, hashOf(body, first, mark));
      const fresh = addTo(table, form);
      open[depth] = form;
      names += 1;
      formBits += fresh;
      numericNames += mayBeNumeric(body[first + 1]);
      textBytes -= fresh === 1 ? 0 : mark - first;
      mark = index;
    } else if (kind === OPENS) {
      depth += 1;
      containers += 1;
      open[depth] = FACTOR;
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
  const forms = membersOf(table.length * 32, formBits);
  return { isTooDeep, hasInfinite, containers, commas, names, numericNames, forms, textBytes };
}

function byteTable(values: Readonly<Record<string, number>>): Int8Array {
  const table = new Int8Array(256);
  for (const [byte, value] of Object.entries(values)) {
    table[byte.charCodeAt(0)] = value;
  }
  return table;
}

function bitsFor(bytes: number): number {
  return Math.min(MOST_BITS, Math.max(FEWEST_BITS, 2 ** Math.ceil(Math.log2(bytes / BYTES_OF_FORM))));
}

/** Two bytes at a time; the last one may be the quote after the name. */
function hashOf(body: Buffer, start: number, end: number): number {
  let hash = FACTOR;
  for (let index = start + 1; index < end; index += 2) {
    hash = Math.imul(hash ^ ((body[index] as number) | ((body[index + 1] as number) << 8)), FACTOR);
  }
  return hash ^ (hash >>> 15);
}

function nextForm(form: number, name: number): number {
  const hash = Math.imul(form ^ name, FACTOR);
  return hash ^ (hash >>> 13);
}

/** 1 if the hash's bit of the table was not set before, else 0. */
function addTo(table: Int32Array, hash: number): number {
  const at = (hash >>> 5) & (table.length - 1);
  const before = table[at] as number;
  table[at] = before | (1 << hash);
  return 1 - ((before >>> hash) & 1);
}

/** How many hashes were added to a table of which so many bits are set: several may have the same bit. */
function membersOf(bits: number, set: number): number {
  return Math.round(bits * Math.log(bits / Math.max(1, bits - set)));
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
