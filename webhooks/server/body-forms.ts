import { randomInt } from 'node:crypto';

/**
 * A form is how an object begins: its names from the first up to one of them, in their order. V8 describes each form apart, so a body
 * with many needs much memory. Here a form is a hash, and a table with a bit for each hash tells how many different ones there are,
 * within a hundredth. All of this runs for each name of each call.
 */

/** The bits of a table, and the least bytes of a form in a body: `"":0`. */
const FEWEST_BITS = 2 ** 10;
const MOST_BITS = 2 ** 22;
const BYTES_OF_FORM = 4;
const BITS_OF_CELL = 32;

/** Odd, and another one in each process: otherwise a caller could choose names that fall on the same place in the table. */
const FACTOR = randomInt(2 ** 31) | 1;

/** The form of an object without names. */
export const NO_NAMES = FACTOR;

/** An empty table for the forms of a body of so many bytes. */
export function formTable(bytes: number): Int32Array {
  const bits = 2 ** Math.ceil(Math.log2(bytes / BYTES_OF_FORM));
  return new Int32Array(Math.min(MOST_BITS, Math.max(FEWEST_BITS, bits)) / BITS_OF_CELL);
}

/** A hash of the bytes of a name, two at a time; the last one may be the quote after the name. */
export function nameHash(body: Buffer, start: number, end: number): number {
  let hash = FACTOR;
  for (let index = start; index < end; index += 2) {
    hash = Math.imul(hash ^ ((body[index] as number) | ((body[index + 1] as number) << 8)), FACTOR);
  }
  return hash ^ (hash >>> 15);
}

/** The form with one more name. */
export function nextForm(form: number, name: number): number {
  const hash = Math.imul(form ^ name, FACTOR);
  return hash ^ (hash >>> 13);
}

/** Sets the bit of a form. Returns 1 if it was not set before, else 0. */
export function addForm(table: Int32Array, form: number): number {
  const at = (form >>> 5) & (table.length - 1);
  const before = table[at] as number;
  table[at] = before | (1 << form);
  return 1 - ((before >>> form) & 1);
}

/** How many forms were added to a table of which so many bits are set: several may have the same bit. */
export function countForms(table: Int32Array, set: number): number {
  const bits = table.length * BITS_OF_CELL;
  return Math.round(bits * Math.log(bits / Math.max(1, bits - set)));
}
