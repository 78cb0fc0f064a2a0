import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createSecureContext } from 'node:tls';
import type { TlsSettings } from '../settings.ts';

/** PEM texts, as a TLS server takes them. */
export interface Certificates {
  readonly cert: string;
  readonly key: string;
  /** Who signs the certificates of callers. */
  readonly ca?: string;
}

/** Reads the files and throws where one is missing or does not fit the others: certificate and key are one pair. */
export function readCertificates({ certFile, keyFile, clientCaFile }: TlsSettings): Certificates {
  const certificates = {
    cert: readFileSync(certFile, 'utf8'),
    key: readFileSync(keyFile, 'utf8'),
    ...(clientCaFile !== undefined && { ca: readFileSync(clientCaFile, 'utf8') }),
  };
  createSecureContext(certificates);
  for (const pem of [certificates.cert, certificates.ca]) {
    if (pem !== undefined) {
      earliestExpiry(pem);
    }
  }
  return certificates;
}

/** When the first of a file's certificates expires, in seconds since 1970. Throws where there is none. */
export function earliestExpiry(pem: string): number {
  const all = pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  if (all.length === 0) {
    throw new Error('no certificate in PEM');
  }
  return Math.min(...all.map((one) => secondsOf(new X509Certificate(one).validTo)));
}

/** OpenSSL's way of writing a time, `Jan  1 00:00:00 2027 GMT`, in seconds since 1970. */
export function secondsOf(time: string): number {
  return Date.parse(time) / 1000;
}
