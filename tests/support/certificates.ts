import { webcrypto } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import 'reflect-metadata';
import * as x509 from '@peculiar/x509';

x509.cryptoProvider.set(webcrypto);
const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const HOUR = 3_600_000;

export interface Signed {
  /** In PEM. */
  readonly cert: string;
  readonly key: string;
}

export interface Authority extends Signed {
  readonly name: string;
  readonly keys: webcrypto.CryptoKeyPair;
}

/** An authority that signs certificates of servers and clients. */
export async function makeAuthority(name: string, hours = 1): Promise<Authority> {
  const keys = await webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    name: `CN=${name}`,
    notBefore: new Date(Date.now() - HOUR),
    notAfter: new Date(Date.now() + hours * HOUR),
    signingAlgorithm: ALGORITHM,
    keys,
    extensions: [new x509.BasicConstraintsExtension(true)],
  });
  return { name, keys, cert: certificate.toString('pem'), key: await pemOf(keys) };
}

/** A certificate of servers and clients for 127.0.0.1 that expires in `hours`. */
export async function sign(authority: Authority, name: string, hours = 1): Promise<Signed> {
  const keys = await webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
  const certificate = await x509.X509CertificateGenerator.create({
    subject: `CN=${name}`,
    issuer: `CN=${authority.name}`,
    notBefore: new Date(Date.now() - 2 * HOUR),
    notAfter: new Date(Date.now() + hours * HOUR),
    signingKey: authority.keys.privateKey,
    publicKey: keys.publicKey,
    signingAlgorithm: ALGORITHM,
    extensions: [
      new x509.SubjectAlternativeNameExtension([
        { type: 'ip', value: '127.0.0.1' },
        { type: 'dns', value: 'localhost' },
      ]),
      new x509.ExtendedKeyUsageExtension(['1.3.6.1.5.5.7.3.1', '1.3.6.1.5.5.7.3.2']),
    ],
  });
  return { cert: certificate.toString('pem'), key: await pemOf(keys) };
}

/** Writes `tls.crt` and `tls.key`, and `ca.crt` if an authority is given, like the files of a mounted Secret. */
export function writeSecret(folder: string, { cert, key }: Signed, ca?: Authority): void {
  writeFileSync(path.join(folder, 'tls.crt'), cert);
  writeFileSync(path.join(folder, 'tls.key'), key);
  if (ca) {
    writeFileSync(path.join(folder, 'ca.crt'), ca.cert);
  }
}

async function pemOf({ privateKey }: webcrypto.CryptoKeyPair): Promise<string> {
  return x509.PemConverter.encode(await webcrypto.subtle.exportKey('pkcs8', privateKey), 'PRIVATE KEY');
}
