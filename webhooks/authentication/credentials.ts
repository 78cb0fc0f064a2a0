import { fileComplaint } from '../settings/setting-files.ts';
import type { ServiceSettings, TlsSettings } from '../settings/settings.ts';
import { type Certificates, checkCertificates, readCertificates } from './certificates.ts';
import { readTokens, type TokenHash } from './tokens.ts';

/** The tokens that callers may show, and the server's certificates. Undefined means not required. */
export interface Credentials {
  tokens: readonly TokenHash[] | undefined;
  certificates: Certificates | undefined;
}

/** The credentials; or one line that names the first setting whose file is not valid, its path and what is wrong. */
export type CredentialsReading =
  | { readonly outcome: 'read'; readonly credentials: Credentials }
  | { readonly outcome: 'bad'; readonly line: string };

/** Reads and checks all credential files at the start of the service. */
export function readCredentials({ server, controllers }: ServiceSettings): CredentialsReading {
  const { tokenDirectory, tls } = server;
  if (controllers.agentGateway.referenceHashKey !== undefined && tls === undefined) {
    return { outcome: 'bad', line: 'REFERENCE_HASH_KEY_FILE: needs TLS_CERT_FILE, because calls then contain Secrets' };
  }
  const tokens = attempt(tokenDirectory, readTokens);
  if (tokens instanceof Error) {
    return { outcome: 'bad', line: tokens.message };
  }
  if (tokenDirectory !== undefined && tokens?.length === 0) {
    return { outcome: 'bad', line: fileComplaint('TOKEN_DIRECTORY', tokenDirectory, 'contains no tokens').message };
  }
  const certificates = attempt(tls, checkedCertificates);
  if (certificates instanceof Error) {
    return { outcome: 'bad', line: certificates.message };
  }
  return { outcome: 'read', credentials: { tokens, certificates } };
}

function checkedCertificates(tls: TlsSettings): Certificates {
  const certificates = readCertificates(tls);
  checkCertificates(certificates, tls);
  return certificates;
}

function attempt<Source, Content>(source: Source | undefined, read: (source: Source) => Content) {
  try {
    return source === undefined ? undefined : read(source);
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}
