import { createHash, createHmac } from 'node:crypto';
import { codeUnitOrder } from './order.ts';

/** The number of hexadecimal digits in the annotations of the Go operator. */
const DIGITS = 16;

/** The first hexadecimal digits of a text's SHA-256. */
export function hash(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex').slice(0, DIGITS);
}

/** The same with a key (HMAC), for content that must not be found by guessing. */
export function keyedHash(key: string, text: string): string {
  return createHmac('sha256', key).update(text, 'utf8').digest('hex').slice(0, DIGITS);
}

/** JSON with sorted keys: equal values have the same text, and different values have different texts. */
export function canonicalText(value: unknown): string {
  return JSON.stringify(value, (_key, item: unknown) =>
    typeof item === 'object' && item !== null && !Array.isArray(item) ? Object.fromEntries(sorted(item)) : item,
  );
}

function sorted(object: object): [string, unknown][] {
  return Object.entries(object).sort(([a], [b]) => codeUnitOrder(a, b));
}
