import { defineController } from '../../define-controller.ts';
import { configMapReading, secretReading } from '../../kubernetes/kinds/config-map.ts';
import { deploymentStatusReading } from '../../kubernetes/kinds/deployment-status.ts';
import { gatewayReading } from '../../kubernetes/kinds/gateway.ts';
import { httpRouteReading } from '../../kubernetes/kinds/http-route.ts';
import { serviceReading } from '../../kubernetes/kinds/service.ts';
import { runtimeModelApiReading } from '../../resources/kaos/runtime-model-api.ts';
import { sharedDefinition } from '../shared-definition.ts';
import { MODEL_API_CHILD_KINDS } from './children.ts';
import { desire } from './desired.ts';
import { observeModelApi } from './observed.ts';
import { related } from './related.ts';

/** KAOS's ModelAPI in; its LiteLLM with a configuration, or its Ollama, and its status out. */
export const kaosRuntimeModelApi = defineController({
  ...sharedDefinition,
  name: 'kaos-runtime-modelapi',
  parents: [runtimeModelApiReading],
  children: MODEL_API_CHILD_KINDS,
  related: [configMapReading, secretReading, deploymentStatusReading, serviceReading, httpRouteReading, gatewayReading],
  customize: related,
  observe: observeModelApi,
  desire,
});
