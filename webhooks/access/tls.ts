import type { Server, ServerOptions } from 'node:https';
import type { Metrics } from '../metrics.ts';
import { type Certificates, earliestExpiry, secondsOf } from './certificates.ts';

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

export function tellExpiry({ cert, ca }: Certificates, { certificateExpiry }: Metrics): void {
  certificateExpiry.set({ use: 'server' }, earliestExpiry(cert));
  if (ca !== undefined) {
    certificateExpiry.set({ use: 'client_ca' }, earliestExpiry(ca));
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
