import { leafExpiry } from '../access/certificates.ts';
import type { Credentials } from '../access/credentials.ts';
import type { Lifecycle } from './lifecycle.ts';

/** Why no call should be sent here now; undefined where all is well. */
export function whyNotReady({ draining }: Lifecycle, { tokens, certificates }: Credentials): string | undefined {
  if (draining) {
    return 'shutting down';
  }
  if (tokens?.length === 0) {
    return 'TOKEN_DIRECTORY: holds no token, so every call is refused';
  }
  if (certificates !== undefined && leafExpiry(certificates.cert) * 1000 < Date.now()) {
    return 'TLS_CERT_FILE: has expired, so no caller trusts it';
  }
  return undefined;
}
