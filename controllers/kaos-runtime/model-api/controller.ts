import { defineController } from '../../define-controller.ts';
import { configMapKind, secretKind } from '../../kubernetes/kinds/config-map.ts';
import { deploymentStatusKind } from '../../kubernetes/kinds/deployment-status.ts';
import { gatewayKind } from '../../kubernetes/kinds/gateway.ts';
import { httpRouteKind } from '../../kubernetes/kinds/http-route.ts';
import { serviceKind } from '../../kubernetes/kinds/service.ts';
import { runtimeModelApiKind } from '../../resources/kaos/model-api-spec.ts';
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
  parents: [runtimeModelApiKind],
  children: MODEL_API_CHILD_KINDS,
  related: [configMapKind, secretKind, deploymentStatusKind, serviceKind, httpRouteKind, gatewayKind],
  onDemand,
  customize: related,
  observe: observeModelApi,
  desire,
  reply,
  columns,
  rows,
});
