import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createSecureContext } from 'node:tls';
import type { TlsSettings } from '../settings/settings.ts';

/** The certificates of a TLS server, in PEM. */
export interface Certificates {
  readonly cert: string;
  readonly key: string;
  /** CA bundle for client certificates. */
  readonly ca?: string;
}

/** Reads the files. Throws if one cannot be read. */
export function readCertificates({ certFile, keyFile, clientCaFile }: TlsSettings): Certificates {
  return {
    cert: readFileSync(certFile, 'utf8'),
    key: readFileSync(keyFile, 'utf8'),
    ...(clientCaFile !== undefined && { ca: readFileSync(clientCaFile, 'utf8') }),
  };
}

/** Throws if a certificate is not valid, or if the key does not belong to the certificate. */
export function checkCertificates(certificates: Certificates): void {
  createSecureContext(certificates);
  for (const pem of [certificates.cert, certificates.ca]) {
    if (pem !== undefined) {
      leafExpiry(pem);
    }
  }
}

/** Expiry of the first certificate in a chain, in seconds since 1970. Throws if it is not a certificate. */
export function leafExpiry(pem: string): number {
  return secondsOf(new X509Certificate(pem).validTo);
}

/** The latest expiry in a CA bundle, in seconds since 1970. While a CA is replaced, the bundle holds the old and the new. */
export function latestExpiry(pem: string): number {
  const all = pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  return Math.max(...all.map(leafExpiry));
}

/** Converts a time as OpenSSL writes it, `Jan  1 00:00:00 2027 GMT`, to seconds since 1970. */
export function secondsOf(time: string): number {
  return Date.parse(time) / 1000;
}
