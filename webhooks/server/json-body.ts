import type { FastifyInstance } from 'fastify';
import { report } from '../observability/call-report.ts';

/**
 * No object in a cluster is nested this deep. The limit protects recursive functions: JSON.stringify fails at several
 * thousand levels.
 */
const DEEPEST_NESTING = 1000;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPENING_BRACKET = 0x5b;
const OPENING_BRACE = 0x7b;
const CLOSING_BRACKET = 0x5d;
const CLOSING_BRACE = 0x7d;
const DIGIT_ZERO = 0x30;
const DIGIT_NINE = 0x39;
/** `.`, `+`, `-`, `e` and `E` */
const NUMBER_BYTES = [0x2e, 0x2b, 0x2d, 0x65, 0x45];
/** A number of so many characters is not infinite: the shortest one that is, is `2e308`. */
const SAFE_DIGITS = 4;

/**
 * Accepts only JSON, and parses it with JSON.parse. Fastify's own parser refuses a call if one label is named
 * `__proto__`; for JSON.parse this is an ordinary key.
 */
export function acceptJsonOnly(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser<Buffer>('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    report(request, { bytes: body.length });
    const parsed = parseJson(body);
    if (parsed.outcome === 'parsed') {
      done(null, parsed.value);
    } else {
      done(Object.assign(new Error(parsed.text), { statusCode: 400 }));
    }
  });
}

type Parsed =
  | { readonly outcome: 'parsed'; readonly value: unknown }
  | { readonly outcome: 'refused'; readonly text: string };

/** The value of a body, or why it is refused. */
export function parseJson(body: Buffer): Parsed {
  const why = whyRefused(body);
  if (why !== undefined) {
    return { outcome: 'refused', text: `body: ${why}` };
  }
  try {
    return { outcome: 'parsed', value: JSON.parse(body.toString('utf8')) };
  } catch {
    // The parser's message quotes the body, which may contain a secret.
    return { outcome: 'refused', text: 'body: expected JSON' };
  }
}

/** What a JSON text has that is refused, read from its bytes before any of it is parsed; undefined if it has nothing of that. */
function whyRefused(body: Buffer): string | undefined {
  let depth = 0;
  for (let index = 0; index < body.length; index += 1) {
    const last = lastOfPart(body, index);
    // Most bytes are in strings and numbers, which nest nothing.
    depth += last === index ? nestingStep(body[index]) : 0;
    if (depth > DEEPEST_NESTING) {
      return `expected at most ${DEEPEST_NESTING} levels of nesting`;
    }
    if (last - index >= SAFE_DIGITS && isInfinite(body, index, last)) {
      return 'expected numbers up to 1.8e308, the largest that JSON can be written with again';
    }
    index = last;
  }
  return undefined;
}

/** 1 for a byte that opens a list or an object, -1 for one that closes it. */
function nestingStep(byte: number | undefined): 1 | 0 | -1 {
  if (byte === OPENING_BRACE || byte === OPENING_BRACKET) {
    return 1;
  }
  return byte === CLOSING_BRACE || byte === CLOSING_BRACKET ? -1 : 0;
}

/** The index of the last byte of the string or number that begins at `start`; `start` for any other byte. */
function lastOfPart(body: Buffer, start: number): number {
  if (body[start] === QUOTE) {
    return endOfString(body, start);
  }
  return isDigit(body[start]) ? lastOfNumber(body, start) : start;
}

function lastOfNumber(body: Buffer, start: number): number {
  let last = start;
  while (isDigit(body[last + 1]) || NUMBER_BYTES.includes(body[last + 1] ?? 0)) {
    last += 1;
  }
  return last;
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= DIGIT_ZERO && byte <= DIGIT_NINE;
}

/** Whether a part is a number that JSON.parse reads as infinite, for which JSON has no word. */
function isInfinite(body: Buffer, first: number, last: number): boolean {
  return body[first] !== QUOTE && Number(body.toString('latin1', first, last + 1)) === Number.POSITIVE_INFINITY;
}

/** The index of the quote that ends the string at `start`; the body's length if the string does not end. */
function endOfString(body: Buffer, start: number): number {
  for (let index = start + 1; index < body.length; index += 1) {
    if (body[index] === BACKSLASH) {
      index += 1;
    } else if (body[index] === QUOTE) {
      return index;
    }
  }
  return body.length;
}
