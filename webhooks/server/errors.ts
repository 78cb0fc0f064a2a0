import type { FastifyError, FastifyInstance, FastifyReply, FastifySchemaValidationError } from 'fastify';
import { expectationOf, fieldOf } from '../../controllers/misfit.ts';
import { report } from '../observability/call-report.ts';

/** The first invalid field of a request with what is expected: `attachments: is required`. */
export function schemaErrorFormatter(errors: FastifySchemaValidationError[], part: string): Error {
  const [first] = errors;
  const field = fieldOf(first?.instancePath ?? '') || part;
  return new Error(`${field}: ${expectationOf(first?.message ?? 'Is not valid')}`);
}

/**
 * Answers errors with short plain texts, because Metacontroller puts them into an Event of the parent. A 4xx says what is
 * wrong with the request. A defect of this service is a 500 without details: the engine then changes nothing, and no
 * secret leaks.
 */
export function answerErrors(app: FastifyInstance, bodyLimitMiB: number): void {
  app.setErrorHandler<FastifyError>((error, request, reply) => {
    const code = error.statusCode ?? 500;
    if (code >= 500) {
      report(request, { error });
      return reply.code(500).type('text/plain').send('internal error; see the log');
    }
    return refuse(reply, code, textOf(error, request.headers['content-length'], bodyLimitMiB));
  });
  answerUnknownPages(app);
}

/** Answers a 4xx with one line of text, and adds the text to the call's log line. */
export function refuse(reply: FastifyReply, code: number, text: string): FastifyReply {
  report(reply.request, { refused: text });
  return reply.code(code).type('text/plain').send(text);
}

/** Answers URLs without a route. */
export function answerUnknownPages(app: FastifyInstance): void {
  app.setNotFoundHandler((_request, reply) => unknownPage(reply));
}

/** The 404 for URLs without a route and for malformed URLs. */
export function unknownPage(reply: FastifyReply): FastifyReply {
  return reply.code(404).type('text/plain').send('not found: the URL is not a hook or page of this service');
}

/** Metacontroller puts the text into an Event of the parent, which is all that the status can say of such a call. */
function tooLarge(bytes: string | undefined, bodyLimitMiB: number): string {
  const limit = `${bodyLimitMiB * 1024 * 1024} bytes (${bodyLimitMiB} MiB, BODY_LIMIT_MIB)`;
  return `body: ${bytes ?? 'more'} bytes are too many; expected at most ${limit}. It has every object that the hook reads, such as all Agents, exposed or not: delete some, or raise the limit`;
}

function textOf(error: FastifyError, bytes: string | undefined, bodyLimitMiB: number): string {
  switch (error.code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return tooLarge(bytes, bodyLimitMiB);
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return 'content-type: expected application/json';
    default:
      return error.message;
  }
}
