import { X509Certificate } from 'node:crypto';
import { secondsOf } from '../../../controllers/kubernetes/values/time.ts';
import { textAt } from '../fields.ts';
import type { Finding } from '../finding.ts';
import { warning, wrong } from '../finding.ts';
import type { Installation } from '../installation.ts';
import { nameText } from '../item.ts';
import { helmUpgrade } from '../mend.ts';
import type { Release } from '../release.ts';

const PAGE = 'docs/security.md#tls';
/** As the alert about certificates. */
const SOON_SECONDS = 14 * 24 * 3600;

/** The certificates of the CA in the hooks are valid. Whether they fit the server's is in a Secret, which is not read. */
export function tlsFindings({ controllers, cluster, release }: Installation): readonly Finding[] {
  const bundles = controllers.flatMap(({ item, hooks }) =>
    Object.values(hooks).map((hook) => ({ item, pem: textAt(hook, 'webhook', 'caBundle', 'inline') })),
  );
  const [first] = bundles.filter(({ pem }) => pem !== '');
  if (first === undefined || release === undefined) {
    return [];
  }
  const ends = certificateEnds(first.pem);
  const last = Math.max(...ends);
  const now = secondsOf(cluster.now) ?? 0;
  const told = { object: nameText(first.item), mend: [renewed(release)], page: PAGE, advice: ADVICE };
  if (ends.length === 0) {
    return [
      wrong({
        ...told,
        seen: 'spec.hooks.sync.webhook.caBundle has no certificate that can be read',
        expected: 'the CA of the server in PEM: Metacontroller trusts no answer',
      }),
    ];
  }
  const seen = `the last certificate of caBundle is valid until ${new Date(last * 1000).toISOString().slice(0, 10)}`;
  if (last < now) {
    return [wrong({ ...told, seen, expected: 'a CA that has not expired: Metacontroller trusts no answer' })];
  }
  return last < now + SOON_SECONDS
    ? [warning({ ...told, seen, expected: 'a CA that is valid for more than 14 days' })]
    : [];
}

const ADVICE =
  'Put the new CA into ca.pem. If the certificate of the server changes too, renew its Secret at the same time.';

function renewed(release: Release) {
  const [program, ...args] = helmUpgrade(release);
  return [program, ...args, '--set-file', 'tls.caBundle=ca.pem'] as const;
}

/** When the certificates of a bundle end, in seconds since 1970. Text that is no certificate counts as none. */
function certificateEnds(pem: string): readonly number[] {
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  return blocks.flatMap((block) => {
    try {
      return secondsOf(new X509Certificate(block).validTo) ?? [];
    } catch {
      return [];
    }
  });
}
