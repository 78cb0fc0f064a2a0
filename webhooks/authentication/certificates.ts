import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { createSecureContext } from 'node:tls';
import { messageOf } from '../../controllers/data/quote.ts';
import type { VariableName } from '../settings/environment.ts';
import { fileComplaint, readSettingFile } from '../settings/setting-files.ts';
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
    cert: readSettingFile('TLS_CERT_FILE', certFile),
    key: readSettingFile('TLS_KEY_FILE', keyFile),
    ...(clientCaFile !== undefined && { ca: readSettingFile('TLS_CLIENT_CA_FILE', clientCaFile) }),
  };
}

/** Throws if a certificate is not valid, or if the key does not belong to the certificate. The error names the file. */
export function checkCertificates(
  { cert, key, ca }: Certificates,
  { certFile, keyFile, clientCaFile }: TlsSettings,
): void {
  const leaf = certificateIn('TLS_CERT_FILE', certFile, cert);
  if (!leaf.checkPrivateKey(keyIn(keyFile, key))) {
    throw fileComplaint('TLS_KEY_FILE', keyFile, `does not belong to the certificate in ${certFile}`);
  }
  if (ca !== undefined && clientCaFile !== undefined) {
    certificateIn('TLS_CLIENT_CA_FILE', clientCaFile, ca);
  }
  try {
    createSecureContext({ cert, key, ...(ca !== undefined && { ca }) });
  } catch (error) {
    // Such as a key that is too short.
    throw fileComplaint('TLS_CERT_FILE', certFile, `cannot be used by a TLS server: ${messageOf(error)}`);
  }
}

/** The first certificate in a file. */
function certificateIn(name: VariableName, file: string, pem: string): X509Certificate {
  try {
    return new X509Certificate(pem);
  } catch {
    throw fileComplaint(name, file, 'is not a certificate in PEM');
  }
}

function keyIn(file: string, pem: string): KeyObject {
  try {
    return createPrivateKey(pem);
  } catch {
    throw fileComplaint('TLS_KEY_FILE', file, 'is not a private key in PEM without a passphrase');
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
