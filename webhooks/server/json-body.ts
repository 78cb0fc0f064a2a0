import type { FastifyInstance } from 'fastify';
import { report } from '../observability/call-report.ts';

/**
 * Deeper than anything that a cluster holds, and shallow enough for every recursion over a body: JSON.stringify gives
 * up at several thousand.
 */
const DEEPEST_NESTING = 1000;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPENING_BRACKET = 0x5b;
const OPENING_BRACE = 0x7b;
const CLOSING_BRACKET = 0x5d;
const CLOSING_BRACE = 0x7d;

/**
 * Takes JSON alone, and parses it plainly. Fastify's own parser would refuse a whole call for one label that is named
 * `__proto__`; plain JSON.parse makes it a key like any other.
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

function parseJson(body: Buffer): Parsed {
  if (deepestNesting(body) > DEEPEST_NESTING) {
    return { outcome: 'refused', text: `body: expected at most ${DEEPEST_NESTING} levels of nesting` };
  }
  try {
    return { outcome: 'parsed', value: JSON.parse(body.toString('utf8')) };
  } catch {
    // The parser's own message quotes the body, which may hold a secret.
    return { outcome: 'refused', text: 'body: expected JSON' };
  }
}

/** How deep the lists and objects of a JSON text go, told from its bytes before any of it is built. */
function deepestNesting(body: Buffer): number {
  let depth = 0;
  let deepest = 0;
  for (let index = 0; index < body.length; index += 1) {
    const byte = body[index];
    if (byte === QUOTE) {
      index = endOfString(body, index);
    } else if (byte === OPENING_BRACE || byte === OPENING_BRACKET) {
      depth += 1;
      deepest = Math.max(deepest, depth);
    } else if (byte === CLOSING_BRACE || byte === CLOSING_BRACKET) {
      depth -= 1;
    }
  }
  return deepest;
}

/** The index of the quote that ends the string which begins at `start`; the body's length where nothing ends it. */
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
