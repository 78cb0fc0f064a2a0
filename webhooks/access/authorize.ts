import { TLSSocket } from 'node:tls';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Metrics } from '../metrics.ts';
import type { Credentials } from './credentials.ts';
import { holdsToken } from './tokens.ts';

/** Answers 401 to whoever lacks a credential that is asked for, before any of the body is read, and does not say which. */
export function authorize(app: FastifyInstance, credentials: Credentials, metrics: Metrics): void {
  app.addHook('onRequest', async (request, reply) => {
    if (isAuthorized(request, credentials)) {
      return undefined;
    }
    metrics.unauthorized.inc();
    request.log.warn({ code: 401, remoteAddress: request.ip }, 'unauthorized');
    return reply.code(401).header('www-authenticate', 'Bearer').type('text/plain').send('unauthorized');
  });
}

function isAuthorized({ headers, socket }: FastifyRequest, { tokens, certificates }: Credentials): boolean {
  const isCertified = certificates?.ca === undefined || (socket instanceof TLSSocket && socket.authorized);
  return isCertified && (tokens === undefined || holdsToken(headers.authorization, tokens));
}
