import { randomUUID } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { makeAuthority, sign, writeSecret } from '../../support/certificates.ts';

/** How long a replica may take until it has read new files, and Metacontroller until its cache has a new Secret. */
const SPREAD_MS = 5000;
/** Certificates hold as long as the longest run, whatever the clocks of the replicas say. */
const HOURS = 48;

/** The certificate and the tokens of the service, as files that all replicas read. */
export interface Secrets {
  readonly environment: Readonly<Record<string, string>>;
  /** The authority of the certificate, in PEM. */
  readonly ca: string;
  /** The token that the engine sends. */
  readonly token: () => string;
  /** A new certificate; its key is written a moment later. */
  readonly rotateCertificate: () => Promise<void>;
  /**
   * A new token: the service accepts it, then the engine sends it, then the service refuses the old one. In haste the service refuses
   * the old one at once, and calls get a 401 until the engine has the new one.
   */
  readonly rotateToken: (haste: boolean) => Promise<void>;
}

/** Makes the files in a folder. `tell` gives the engine a new token. */
export async function makeSecrets(folder: string, tell: (token: string) => Promise<void>): Promise<Secrets> {
  const authority = await makeAuthority('soak', HOURS);
  const tokens = path.join(folder, 'tokens');
  const file = (name: string) => path.join(tokens, name);
  mkdirSync(tokens);
  let token = { name: 'token-0', text: `soak-${randomUUID()}` };
  writeFileSync(file(token.name), token.text);
  writeSecret(folder, await sign(authority, 'certificate-0', HOURS));
  let certificates = 0;
  return {
    environment: {
      TOKEN_DIRECTORY: tokens,
      TLS_CERT_FILE: path.join(folder, 'tls.crt'),
      TLS_KEY_FILE: path.join(folder, 'tls.key'),
    },
    ca: authority.cert,
    token: () => token.text,
    rotateCertificate: async () => {
      certificates += 1;
      const signed = await sign(authority, `certificate-${certificates}`, HOURS);
      writeFileSync(path.join(folder, 'tls.crt'), signed.cert);
      await wait(100);
      writeSecret(folder, signed);
    },
    rotateToken: async (haste) => {
      const old = token;
      token = { name: `token-${randomUUID()}`, text: `soak-${randomUUID()}` };
      writeFileSync(file(token.name), token.text);
      if (haste) {
        rmSync(file(old.name));
      }
      await wait(SPREAD_MS);
      await tell(token.text);
      await wait(SPREAD_MS);
      rmSync(file(old.name), { force: true });
    },
  };
}
