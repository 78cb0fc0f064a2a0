import type { ChildName } from '../../engine/child-names.ts';
import { deploymentReading } from '../../kubernetes/kinds/deployment.ts';
import { networkPolicyReading } from '../../kubernetes/kinds/network-policy.ts';
import { persistentVolumeClaimReading } from '../../kubernetes/kinds/persistent-volume-claim.ts';
import { podDisruptionBudgetReading } from '../../kubernetes/kinds/pod-disruption-budget.ts';
import { serviceReading } from '../../kubernetes/kinds/service.ts';
import { namingOf } from '../../resources/kaos/naming.ts';
import { memoryStoreSpec, type RuntimeMemoryStore } from '../../resources/kaos/runtime-memory-store.ts';
import { isLocal, replicasOf } from './storage.ts';

/** The kinds of children that MemoryStores have. */
export const MEMORY_STORE_CHILD_KINDS = [
  deploymentReading,
  networkPolicyReading,
  serviceReading,
  persistentVolumeClaimReading,
  podDisruptionBudgetReading,
] as const;

/** The children that this MemoryStore asks for: a claim if its storage is local, a budget if it has several pods. */
export function memoryStoreChildren(store: RuntimeMemoryStore): readonly ChildName[] {
  const { serviceName: name } = namingOf(store);
  const spec = memoryStoreSpec(store);
  return [
    { reading: deploymentReading, name },
    { reading: serviceReading, name },
    ...(isLocal(spec) ? [{ reading: persistentVolumeClaimReading, name: claimName(name) }] : []),
    ...(replicasOf(spec) > 1 ? [{ reading: podDisruptionBudgetReading, name }] : []),
  ];
}

/** The name of the claim, by that of the Service. */
export function claimName(serviceName: string): string {
  return `${serviceName}-data`;
}
