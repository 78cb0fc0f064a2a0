import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createSecureContext } from 'node:tls';
import type { TlsSettings } from '../settings/settings.ts';

/** PEM texts, as a TLS server takes them. */
export interface Certificates {
  readonly cert: string;
  readonly key: string;
  /** Who signs the certificates of callers. */
  readonly ca?: string;
}

/** What is in the files. Throws where one is missing. */
export function readCertificates({ certFile, keyFile, clientCaFile }: TlsSettings): Certificates {
  return {
    cert: readFileSync(certFile, 'utf8'),
    key: readFileSync(keyFile, 'utf8'),
    ...(clientCaFile !== undefined && { ca: readFileSync(clientCaFile, 'utf8') }),
  };
}

/** Throws where one is no certificate or does not fit the others: certificate and key are one pair. */
export function checkCertificates(certificates: Certificates): void {
  createSecureContext(certificates);
  for (const pem of [certificates.cert, certificates.ca]) {
    if (pem !== undefined) {
      leafExpiry(pem);
    }
  }
}

/** When a chain's own certificate, the first, expires, in seconds since 1970. Throws where there is none. */
export function leafExpiry(pem: string): number {
  return secondsOf(new X509Certificate(pem).validTo);
}

/** When the last of several authorities expires, in seconds since 1970: while one is replaced, both are there. */
export function latestExpiry(pem: string): number {
  const all = pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  return Math.max(...all.map(leafExpiry));
}

/** OpenSSL's way of writing a time, `Jan  1 00:00:00 2027 GMT`, in seconds since 1970. */
export function secondsOf(time: string): number {
  return Date.parse(time) / 1000;
}
