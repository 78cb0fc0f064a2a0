import type { Server, ServerOptions } from 'node:https';
import { TLSSocket } from 'node:tls';
import type { FastifyBaseLogger } from 'fastify';
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

/** Uses new certificates for new connections, and closes idle ones. */
export function useCertificates(server: Server, certificates: Certificates, metrics: Metrics): void {
  server.setSecureContext({ ...certificates, minVersion: 'TLSv1.2' });
  server.closeIdleConnections();
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

/** The CA bundle that each connection's client certificate was checked against. */
const checked = new WeakMap<TLSSocket, string>();

/** Remembers for each new connection the CA bundle that checked its client certificate, for `isCertified`. */
export function rememberCa(server: Server, credentials: Credentials): void {
  server.on('secureConnection', (socket) => checked.set(socket, credentials.certificates?.ca ?? ''));
}

/** Whether the current CA bundle checked a connection's client certificate. An open connection may be older than the bundle. */
export function isCertified(socket: unknown, ca: string): boolean {
  return socket instanceof TLSSocket && socket.authorized && checked.get(socket) === ca;
}
