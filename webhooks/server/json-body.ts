import type { FastifyInstance } from 'fastify';
import { report } from '../observability/call-report.ts';
import { needsTooMuch, parsedMiB } from './body-memory.ts';
import { DEEPEST_NESTING, scanBody } from './body-scan.ts';
import { createTurns } from './turns.ts';

/** Bodies from this estimate on take turns: ten at once would keep probes waiting for the time of all ten. */
const LARGE_MIB = 16;

/**
 * Accepts only JSON, and parses it with JSON.parse. Fastify's own parser refuses a call if one label is named
 * `__proto__`; for JSON.parse this is an ordinary key.
 */
export function acceptJsonOnly(app: FastifyInstance, parsedLimitMiB: number): void {
  const inTurn = createTurns();
  app.removeAllContentTypeParsers();
  app.addContentTypeParser<Buffer>('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    report(request, { bytes: body.length });
    const check = checkJson(body, parsedLimitMiB);
    if (check.outcome === 'refused') {
      done(errorOf(check));
      return;
    }
    const parse = () => {
      const parsed = request.raw.socket.destroyed ? GONE : parseChecked(body);
      done(
        parsed.outcome === 'refused' ? errorOf(parsed) : null,
        parsed.outcome === 'parsed' ? parsed.value : undefined,
      );
    };
    check.parsedMiB < LARGE_MIB ? parse() : inTurn(parse);
  });
}

interface Refused {
  readonly outcome: 'refused';
  readonly code: 400 | 413;
  readonly text: string;
}
/** Nobody reads this. An engine that gave up calls again: to parse what it left behind would keep it waiting once more. */
const GONE: Refused = { outcome: 'refused', code: 400, text: 'the caller closed the connection' };
type Checked = { readonly outcome: 'passed'; readonly parsedMiB: number } | Refused;
type Parsed = { readonly outcome: 'parsed'; readonly value: unknown } | Refused;

/** The value of a body, or why it is refused. */
export function parseJson(body: Buffer, parsedLimitMiB: number): Parsed {
  const check = checkJson(body, parsedLimitMiB);
  return check.outcome === 'refused' ? check : parseChecked(body);
}

function parseChecked(body: Buffer): Parsed {
  try {
    return { outcome: 'parsed', value: JSON.parse(body.toString('utf8')) };
  } catch {
    // The parser's message quotes the body, which may contain a secret.
    return refused(400, 'expected JSON');
  }
}

/** Refuses a JSON text by its bytes, before any of it is parsed. */
function checkJson(body: Buffer, parsedLimitMiB: number): Checked {
  const scan = scanBody(body);
  if (scan.isTooDeep) {
    return refused(400, `expected at most ${DEEPEST_NESTING} levels of nesting`);
  }
  if (scan.hasInfinite) {
    return refused(400, 'expected numbers up to 1.8e308, the largest that JSON can be written with again');
  }
  const needed = parsedMiB(scan);
  return needed > parsedLimitMiB
    ? refused(413, needsTooMuch(scan, parsedLimitMiB))
    : { outcome: 'passed', parsedMiB: needed };
}

function refused(code: Refused['code'], why: string): Refused {
  return { outcome: 'refused', code, text: `body: ${why}` };
}

function errorOf({ code, text }: Refused): Error {
  return Object.assign(new Error(text), { statusCode: code });
}
