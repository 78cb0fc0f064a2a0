import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Metrics } from '../observability/metrics.ts';
import type { Credentials } from './credentials.ts';
import { isCertified } from './tls.ts';
import { holdsToken } from './tokens.ts';

/** Answers 401 to whoever lacks a credential that is asked for, before any of the body is read, and does not say which. */
export function authorize(app: FastifyInstance, credentials: Credentials, metrics: Metrics): void {
  app.addHook('onRequest', async (request, reply) => {
    if (isAuthorized(request, credentials)) {
      return undefined;
    }
    metrics.unauthorized.inc();
    request.log.warn({ code: 401, remoteAddress: request.ip }, 'unauthorized');
    return refuse(reply);
  });
}

/** For a URL that cannot be read, which Fastify answers before any hook. */
export function badUrlHandler(credentials: Credentials, unknownPage: (reply: FastifyReply) => unknown) {
  return (_error: FastifyError, request: FastifyRequest, reply: FastifyReply): void => {
    if (isAuthorized(request, credentials)) {
      unknownPage(reply);
    } else {
      refuse(reply);
    }
  };
}

/** The connection is closed with it, so that nobody without a credential keeps one, or goes on sending. */
function refuse(reply: FastifyReply): FastifyReply {
  return reply
    .code(401)
    .headers({ 'www-authenticate': 'Bearer', connection: 'close' })
    .type('text/plain')
    .send('unauthorized');
}

function isAuthorized({ headers, socket }: FastifyRequest, { tokens, certificates }: Credentials): boolean {
  const fits = certificates?.ca === undefined || isCertified(socket, certificates.ca);
  return fits && (tokens === undefined || holdsToken(headers.authorization, tokens));
}
