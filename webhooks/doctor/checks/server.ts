import type { Finding } from '../finding.ts';
import { wrong } from '../finding.ts';
import type { Installation } from '../installation.ts';
import { kubectl } from '../mend.ts';

/** The oldest minor version of Kubernetes 1 that the chart accepts. */
export const OLDEST_MINOR = 30;

/** The API server is new enough. */
export function serverFindings({ cluster }: Installation): readonly Finding[] {
  const [, major, minor] = /^v?(\d+)\.(\d+)/.exec(cluster.server) ?? [];
  const isNewEnough = Number(major) > 1 || Number(minor) >= OLDEST_MINOR;
  return major === undefined || isNewEnough
    ? []
    : [
        wrong({
          object: 'the API server',
          seen: `Kubernetes ${cluster.server}`,
          expected: `1.${OLDEST_MINOR} or later: earlier ones do not know a field by which pods of gateways stop without lost calls`,
          mend: [kubectl('version')],
          advice: 'Upgrade the cluster first. This command shows its version.',
          page: 'docs/upgrade.md#010',
        }),
      ];
}
