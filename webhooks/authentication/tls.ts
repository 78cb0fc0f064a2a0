import type { Server, ServerOptions } from 'node:https';
import { TLSSocket } from 'node:tls';
import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import type { Metrics } from '../observability/metrics.ts';
import { type Certificates, latestExpiry, leafExpiry, secondsOf } from './certificates.ts';
import type { Credentials } from './credentials.ts';

/** How long a TLS handshake may take. */
const HANDSHAKE_MS = 10_000;

/** The TLS options. Callers without a valid certificate can connect and then get a 401, like callers without a token. */
export function tlsOptions(certificates: Certificates): ServerOptions {
  return {
    ...certificates,
    requestCert: certificates.ca !== undefined,
    rejectUnauthorized: false,
    minVersion: 'TLSv1.2',
    handshakeTimeout: HANDSHAKE_MS,
  };
}

/** Uses new certificates for new connections. `renewConnections` ends the open ones. */
export function useCertificates(server: Server, certificates: Certificates, metrics: Metrics): void {
  server.setSecureContext({ ...certificates, minVersion: 'TLSv1.2' });
  recordExpiry(certificates, metrics);
}

/** Sets the expiry metrics of the server certificate and the client CA. */
export function recordExpiry({ cert, ca }: Certificates, { certificateExpiry }: Metrics): void {
  certificateExpiry.set({ use: 'server' }, leafExpiry(cert));
  if (ca !== undefined) {
    certificateExpiry.set({ use: 'client_ca' }, latestExpiry(ca));
  }
}

/**
 * Sets the expiry metric of the client certificate at each connection. Metacontroller reads its file only when a controller's
 * spec changes, so it may show an older certificate than the file has.
 */
export function recordClientExpiry(server: Server, { certificateExpiry }: Metrics): void {
  server.on('secureConnection', (socket) => {
    if (socket.authorized) {
      certificateExpiry.set({ use: 'client' }, secondsOf(socket.getPeerCertificate().valid_to));
    }
  });
}

const LOG_INTERVAL_MS = 60_000;

/** Counts failed TLS handshakes, and logs at most one a minute. */
export function reportFailures(server: Server, logger: FastifyBaseLogger, { tlsFailures }: Metrics): void {
  let logged = 0;
  server.on('tlsClientError', ({ message }) => {
    tlsFailures.inc();
    if (Date.now() - logged > LOG_INTERVAL_MS) {
      logged = Date.now();
      logger.warn({ why: message }, 'TLS handshake failed');
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

/** Whether the current CA bundle checked a connection's client certificate. An open connection may be older than the bundle. */
export function isCertified(socket: unknown, ca: string): boolean {
  return socket instanceof TLSSocket && socket.authorized && begunWith.get(socket)?.ca === ca;
}
