import { defineController } from '../../define-controller.ts';
import { configMapReading } from '../../kubernetes/kinds/config-map.ts';
import { deploymentReading } from '../../kubernetes/kinds/deployment.ts';
import { httpRouteReading } from '../../kubernetes/kinds/http-route.ts';
import { networkPolicyReading } from '../../kubernetes/kinds/network-policy.ts';
import { persistentVolumeClaimReading } from '../../kubernetes/kinds/persistent-volume-claim.ts';
import { podDisruptionBudgetReading } from '../../kubernetes/kinds/pod-disruption-budget.ts';
import { serviceReading } from '../../kubernetes/kinds/service.ts';
import { modelApiDependencyReading } from '../../resources/kaos/dependency.ts';
import { runtimeMemoryStoreReading } from '../../resources/kaos/runtime-memory-store.ts';
import { sharedDefinition } from '../shared-definition.ts';
import { MEMORY_STORE_CHILD_KINDS } from './children.ts';
import { desire } from './desired.ts';
import { observeMemoryStore } from './observed.ts';
import { references } from './references.ts';
import { related } from './related.ts';

/** Runs KAOS's MemoryStores: makes the Deployment, the Service, the volume's claim and the status of each. */
export const kaosRuntimeMemoryStore = defineController({
  ...sharedDefinition,
  name: 'kaos-runtime-memorystore',
  parents: [runtimeMemoryStoreReading],
  children: MEMORY_STORE_CHILD_KINDS,
  related: [
    modelApiDependencyReading,
    deploymentReading,
    networkPolicyReading,
    serviceReading,
    persistentVolumeClaimReading,
    podDisruptionBudgetReading,
    httpRouteReading,
    configMapReading,
  ],
  customize: related,
  observe: observeMemoryStore,
  desire,
  references,
});
