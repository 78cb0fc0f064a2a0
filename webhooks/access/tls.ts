import type { Server, ServerOptions } from 'node:https';
import { TLSSocket } from 'node:tls';
import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import type { Metrics } from '../observability/metrics.ts';
import { type Certificates, latestExpiry, leafExpiry, secondsOf } from './certificates.ts';
import type { Credentials } from './credentials.ts';

/** How long a caller may take to agree on TLS. */
const HANDSHAKE_MS = 10_000;

/** Callers without a fitting certificate get as far as a 401, like those without a token. */
export function tlsOptions(certificates: Certificates): ServerOptions {
  return {
    ...certificates,
    requestCert: certificates.ca !== undefined,
    rejectUnauthorized: false,
    minVersion: 'TLSv1.2',
    handshakeTimeout: HANDSHAKE_MS,
  };
}

/** Uses other certificates from the next connection on. `renewConnections` has the open ones made anew. */
export function useCertificates(server: Server, certificates: Certificates, metrics: Metrics): void {
  server.setSecureContext({ ...certificates, minVersion: 'TLSv1.2' });
  tellExpiry(certificates, metrics);
}

/** Sets the metrics of when our certificate and the callers' authorities expire. */
export function tellExpiry({ cert, ca }: Certificates, { certificateExpiry }: Metrics): void {
  certificateExpiry.set({ use: 'server' }, leafExpiry(cert));
  if (ca !== undefined) {
    certificateExpiry.set({ use: 'client_ca' }, latestExpiry(ca));
  }
}

/** Metacontroller reads its certificate only when a controller's spec changes, so what counts is what it shows. */
export function tellClientExpiry(server: Server, { certificateExpiry }: Metrics): void {
  server.on('secureConnection', (socket) => {
    if (socket.authorized) {
      certificateExpiry.set({ use: 'client' }, secondsOf(socket.getPeerCertificate().valid_to));
    }
  });
}

const TOLD_MS = 60_000;

/** Callers that do not trust us say so to us alone. Each is counted, and one a minute is logged. */
export function tellFailures(server: Server, logger: FastifyBaseLogger, { tlsFailures }: Metrics): void {
  let told = 0;
  server.on('tlsClientError', ({ message }) => {
    tlsFailures.inc();
    if (Date.now() - told > TOLD_MS) {
      told = Date.now();
      logger.warn({ why: message }, 'a caller broke off TLS');
    }
  });
}

/** The certificates that each connection began with. */
const begunWith = new WeakMap<TLSSocket, Certificates | undefined>();

/** Notes the certificates of each new connection, for `isCertified` and `renewConnections`. */
export function rememberCertificates(server: Server, credentials: Credentials): void {
  server.on('secureConnection', (socket) => begunWith.set(socket, credentials.certificates));
}

/**
 * Answers a call on a connection that began with other certificates with `Connection: close`, so that the caller makes a
 * new connection. The service does not close idle connections: a call that is just arriving would be reset.
 */
export function renewConnections(app: FastifyInstance, credentials: Credentials): void {
  app.addHook('onSend', async ({ socket }, reply) => {
    if (socket instanceof TLSSocket && begunWith.get(socket) !== credentials.certificates) {
      reply.header('connection', 'close');
    }
  });
}

/** Whether a connection shows a certificate by the authorities of now: one that is open outlives them otherwise. */
export function isCertified(socket: unknown, ca: string): boolean {
  return socket instanceof TLSSocket && socket.authorized && begunWith.get(socket)?.ca === ca;
}
