import { Server } from 'node:https';
import type { ServiceSettings } from '../settings/settings.ts';
import { checkCertificates, readCertificates } from './certificates.ts';
import type { Credentials } from './credentials.ts';
import { reload, type Watch } from './reload.ts';
import {
  recordClientExpiry,
  recordExpiry,
  rememberCertificates,
  renewConnections,
  reportFailures,
  useCertificates,
} from './tls.ts';
import { readTokens } from './tokens.ts';

/** Reloads the credentials of a running service when their files change. */
export function reloadCredentials(
  credentials: Credentials,
  { tokenDirectory, tls }: ServiceSettings['server'],
  watch: Watch,
): void {
  const { tokens, certificates } = credentials;
  if (tokenDirectory !== undefined && tokens !== undefined) {
    const use = (now: typeof tokens) => {
      credentials.tokens = now;
    };
    reload({ what: 'token', initial: tokens, read: () => readTokens(tokenDirectory), use }, watch);
  }
  const { server } = watch.server;
  if (tls !== undefined && certificates !== undefined && server instanceof Server) {
    recordExpiry(certificates, watch.metrics);
    recordClientExpiry(server, watch.metrics);
    reportFailures(server, watch.logger, watch.metrics);
    rememberCertificates(server, credentials);
    renewConnections(watch.server, credentials);
    const use = (now: typeof certificates) => {
      checkCertificates(now, tls);
      useCertificates(server, now, watch.metrics);
      credentials.certificates = now;
    };
    reload({ what: 'tls', initial: certificates, read: () => readCertificates(tls), use }, watch);
  }
}
