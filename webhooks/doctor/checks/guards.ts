import type { Finding } from '../finding.ts';
import { warning } from '../finding.ts';
import { itemsOf } from '../gather.ts';
import type { Installation } from '../installation.ts';
import { helmUpgrade } from '../mend.ts';

/** The controllers that do not look for foreign objects, because the API server does it for them. */
const GUARDED: readonly string[] = ['kaos-routes', 'agent-routes'];

/** The API server keeps the routes of others from the controllers that write by force. */
export function guardFindings({ cluster, controllers, release }: Installation): readonly Finding[] {
  const policies = new Set(itemsOf(cluster.looks.admissionPolicies).map(({ name }) => name));
  const guarded = controllers.filter(({ known }) => GUARDED.includes(known?.name ?? ''));
  const bare = guarded.filter(({ item }) => !policies.has(`${release?.fullName}-${item.name}`));
  return release === undefined
    ? []
    : bare.map(({ item }) =>
        warning({
          object: `ValidatingAdmissionPolicy ${release.fullName}-${item.name}`,
          seen: 'it does not exist, and its controller does',
          expected:
            'the policy by which the API server keeps routes of others: Metacontroller overwrites those with the names of its own',
          mend: [helmUpgrade(release)],
          page: 'docs/permissions.md',
        }),
      );
}
