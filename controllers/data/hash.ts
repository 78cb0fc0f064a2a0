import { createHash, createHmac } from 'node:crypto';
import { codeUnitOrder } from './order.ts';

/** As many hex digits as the Go operator's annotations have. */
const DIGITS = 16;

/** The beginning of a text's SHA-256. */
export function hash(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex').slice(0, DIGITS);
}

/** The same with a key, for what must not be told by trying guesses. */
export function keyedHash(key: string, text: string): string {
  return createHmac('sha256', key).update(text, 'utf8').digest('hex').slice(0, DIGITS);
}

/** A text that is the same for equal values, whatever the order of their keys; two values never share one. */
export function canonicalText(value: unknown): string {
  return JSON.stringify(value, (_key, item: unknown) =>
    typeof item === 'object' && item !== null && !Array.isArray(item) ? Object.fromEntries(sorted(item)) : item,
  );
}

function sorted(object: object): [string, unknown][] {
  return Object.entries(object).sort(([a], [b]) => codeUnitOrder(a, b));
}
