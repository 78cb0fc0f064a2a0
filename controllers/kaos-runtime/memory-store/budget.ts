import type { DesiredObject } from '../../contract.ts';
import type { ObservedMemoryStore } from './observed.ts';
import { replicasOf } from './storage.ts';

interface DesiredBudget extends DesiredObject {
  readonly spec: object;
}

/** KAOS's PodDisruptionBudget, which keeps one of several pods. Empty for one pod: the budget would stop every drain of its node. */
export function budget({ namespace, naming, spec }: ObservedMemoryStore): readonly DesiredBudget[] {
  const { serviceName: name, labels } = naming;
  return replicasOf(spec) > 1
    ? [
        {
          apiVersion: 'policy/v1',
          kind: 'PodDisruptionBudget',
          metadata: { name, namespace, labels },
          spec: { minAvailable: 1, selector: { matchLabels: labels } },
        },
      ]
    : [];
}
