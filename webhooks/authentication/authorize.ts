import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Metrics } from '../observability/metrics.ts';
import { callerAddress } from './caller-address.ts';
import type { Credentials } from './credentials.ts';
import { isCertified } from './tls.ts';
import { holdsToken } from './tokens.ts';

/** Answers 401 to callers without a required credential, before the body is read. The answer does not say which is missing. */
export function authorize(app: FastifyInstance, credentials: Credentials, metrics: Metrics): void {
  app.addHook('onRequest', async (request, reply) => {
    if (isAuthorized(request, credentials)) {
      return undefined;
    }
    metrics.unauthorized.inc();
    request.log.warn({ code: 401, remoteAddress: callerAddress(request.socket) }, 'unauthorized');
    return refuse(reply);
  });
}

/** The handler for malformed URLs. Fastify calls it before any hook, so it checks the credentials itself. */
export function badUrlHandler(credentials: Credentials, unknownPage: (reply: FastifyReply) => unknown) {
  return (_error: FastifyError, request: FastifyRequest, reply: FastifyReply): void => {
    if (isAuthorized(request, credentials)) {
      unknownPage(reply);
    } else {
      refuse(reply);
    }
  };
}

/** Also closes the connection, so that unauthorized callers cannot keep connections or go on sending. */
function refuse(reply: FastifyReply): FastifyReply {
  return reply
    .code(401)
    .headers({ 'www-authenticate': 'Bearer', connection: 'close' })
    .type('text/plain')
    .send('unauthorized');
}

function isAuthorized({ headers, socket }: FastifyRequest, { tokens, certificates }: Credentials): boolean {
  const isTrusted = certificates?.ca === undefined || isCertified(socket, certificates.ca);
  return isTrusted && (tokens === undefined || holdsToken(headers.authorization, tokens));
}
