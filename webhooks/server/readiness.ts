import { leafExpiry } from '../authentication/certificates.ts';
import type { Credentials } from '../authentication/credentials.ts';
import type { Lifecycle } from './lifecycle.ts';

/** Why this pod is not ready for calls; undefined if it is ready. */
export function whyNotReady({ draining }: Lifecycle, { tokens, certificates }: Credentials): string | undefined {
  if (draining) {
    return 'shutting down';
  }
  if (tokens?.length === 0) {
    return 'TOKEN_DIRECTORY: contains no tokens, so every call is refused; expected at least one file with a token';
  }
  if (certificates !== undefined && leafExpiry(certificates.cert) * 1000 < Date.now()) {
    return 'TLS_CERT_FILE: the certificate has expired, so callers do not trust it; renew it';
  }
  return undefined;
}
