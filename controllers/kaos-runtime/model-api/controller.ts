import { defineController } from '../../define-controller.ts';
import { configMapReading, secretReading } from '../../kubernetes/kinds/config-map.ts';
import { deploymentStatusReading } from '../../kubernetes/kinds/deployment-status.ts';
import { gatewayReading } from '../../kubernetes/kinds/gateway.ts';
import { httpRouteReading } from '../../kubernetes/kinds/http-route.ts';
import { serviceReading } from '../../kubernetes/kinds/service.ts';
import { runtimeModelApiReading } from '../../resources/kaos/runtime-model-api.ts';
import { onDemand } from '../on-demand.ts';
import { columns, rows } from '../rows.ts';
import { reply } from '../settle.ts';
import { desire } from './desired.ts';
import { observeModelApi } from './observed.ts';
import { MODEL_API_CHILD_KINDS, related } from './related.ts';

/** KAOS's ModelAPI in; its LiteLLM with a configuration, or its Ollama, and its status out. */
export const kaosRuntimeModelApi = defineController({
  name: 'kaos-runtime-modelapi',
  type: 'composite',
  parents: [runtimeModelApiReading],
  children: MODEL_API_CHILD_KINDS,
  related: [configMapReading, secretReading, deploymentStatusReading, serviceReading, httpRouteReading, gatewayReading],
  onDemand,
  customize: related,
  observe: observeModelApi,
  desire,
  reply,
  columns,
  rows,
});
