import type { Server, ServerOptions } from 'node:https';
import { TLSSocket } from 'node:tls';
import type { FastifyBaseLogger } from 'fastify';
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

/** Uses other certificates from the next connection on, and has connections that are idle made anew. */
export function useCertificates(server: Server, certificates: Certificates, metrics: Metrics): void {
  server.setSecureContext({ ...certificates, minVersion: 'TLSv1.2' });
  server.closeIdleConnections();
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

/** The authorities that a connection's certificate was checked against. */
const checked = new WeakMap<TLSSocket, string>();

/** Notes for each new connection which authorities its certificate was checked against, for `isCertified`. */
export function rememberAuthorities(server: Server, credentials: Credentials): void {
  server.on('secureConnection', (socket) => checked.set(socket, credentials.certificates?.ca ?? ''));
}

/** Whether a connection shows a certificate by the authorities of now: one that is open outlives them otherwise. */
export function isCertified(socket: unknown, ca: string): boolean {
  return socket instanceof TLSSocket && socket.authorized && checked.get(socket) === ca;
}
