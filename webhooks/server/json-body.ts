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

function parseJson(body: Buffer): Parsed {
  if (deepestNesting(body) > DEEPEST_NESTING) {
    return { outcome: 'refused', text: `body: expected at most ${DEEPEST_NESTING} levels of nesting` };
  }
  try {
    return { outcome: 'parsed', value: JSON.parse(body.toString('utf8')) };
  } catch {
    // The parser's message quotes the body, which may contain a secret.
    return { outcome: 'refused', text: 'body: expected JSON' };
  }
}

/** How deep the lists and objects of a JSON text are nested. It scans the bytes before the body is parsed. */
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
