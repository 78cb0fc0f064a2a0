import type { FastifyError, FastifyInstance, FastifyReply, FastifySchemaValidationError } from 'fastify';
import { expectationOf, fieldOf } from '../../controllers/misfit.ts';
import { report } from '../observability/call-report.ts';

/** The first thing that is wrong with a request, by field: `attachments: is required`. */
export function schemaErrorFormatter(errors: FastifySchemaValidationError[], part: string): Error {
  const [first] = errors;
  const field = fieldOf(first?.instancePath ?? '') || part;
  return new Error(`${field}: ${expectationOf(first?.message ?? 'Does not fit')}`);
}

/**
 * Short plain texts: Metacontroller puts them into an Event on the parent. A 4xx says what was wrong with the request;
 * a defect of ours is a 500 that says nothing, so that the engine changes nothing and no secret gets out.
 */
export function answerErrors(app: FastifyInstance, bodyLimitMiB: number): void {
  app.setErrorHandler<FastifyError>((error, request, reply) => {
    const code = error.statusCode ?? 500;
    if (code >= 500) {
      report(request, { error });
      return reply.code(500).type('text/plain').send('internal error; see the log');
    }
    return refuse(reply, code, textOf(error, bodyLimitMiB));
  });
  answerUnknownPages(app);
}

/** Answers a 4xx by one line of text, which the call's log line has too. */
export function refuse(reply: FastifyReply, code: number, text: string): FastifyReply {
  report(reply.request, { refused: text });
  return reply.code(code).type('text/plain').send(text);
}

/** Answers 404 to every URL that has no route. */
export function answerUnknownPages(app: FastifyInstance): void {
  app.setNotFoundHandler((_request, reply) => unknownPage(reply));
}

/** The 404 itself, also for URLs that cannot be read. */
export function unknownPage(reply: FastifyReply): FastifyReply {
  return reply.code(404).type('text/plain').send('no such hook or page');
}

function textOf(error: FastifyError, bodyLimitMiB: number): string {
  switch (error.code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return `body: expected at most ${bodyLimitMiB} MiB (BODY_LIMIT_MIB)`;
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return 'content-type: expected application/json';
    default:
      return error.message;
  }
}
