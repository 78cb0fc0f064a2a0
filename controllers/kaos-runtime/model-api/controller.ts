import { defineController } from '../../define-controller.ts';
import { configMapReading, secretReading } from '../../kubernetes/kinds/config-map.ts';
import { deploymentReading } from '../../kubernetes/kinds/deployment.ts';
import { httpRouteReading } from '../../kubernetes/kinds/http-route.ts';
import { networkPolicyReading } from '../../kubernetes/kinds/network-policy.ts';
import { serviceReading } from '../../kubernetes/kinds/service.ts';
import { runtimeModelApiReading } from '../../resources/kaos/runtime-model-api.ts';
import { sharedDefinition } from '../shared-definition.ts';
import { MODEL_API_CHILD_KINDS } from './children.ts';
import { desire } from './desired.ts';
import { observeModelApi } from './observed.ts';
import { related } from './related.ts';

/** Runs KAOS's ModelAPIs: makes the ConfigMap, the Deployment, the Service and the status of each. */
export const kaosRuntimeModelApi = defineController({
  ...sharedDefinition,
  name: 'kaos-runtime-modelapi',
  parents: [runtimeModelApiReading],
  children: MODEL_API_CHILD_KINDS,
  related: [configMapReading, secretReading, deploymentReading, networkPolicyReading, serviceReading, httpRouteReading],
  customize: related,
  observe: observeModelApi,
  desire,
});
