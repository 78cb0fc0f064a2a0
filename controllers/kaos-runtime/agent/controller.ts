import { defineController } from '../../define-controller.ts';
import { deploymentStatusKind } from '../../kubernetes/kinds/deployment-status.ts';
import { gatewayKind } from '../../kubernetes/kinds/gateway.ts';
import { httpRouteKind } from '../../kubernetes/kinds/http-route.ts';
import { serviceKind } from '../../kubernetes/kinds/service.ts';
import { runtimeAgentKind } from '../../resources/kaos/agent-spec.ts';
import { mcpServerDependencyKind, modelApiDependencyKind } from '../../resources/kaos/dependency.ts';
import { onDemand } from '../on-demand.ts';
import { columns, rows } from '../rows.ts';
import { reply } from '../settle.ts';
import { desire } from './desired.ts';
import { observeAgent } from './observed.ts';
import { AGENT_CHILD_KINDS, related } from './related.ts';

/** KAOS's Agent in; its Deployment, its Service and its status out. */
export const kaosRuntimeAgent = defineController({
  name: 'kaos-runtime-agent',
  type: 'composite',
  parents: [runtimeAgentKind],
  children: AGENT_CHILD_KINDS,
  related: [
    modelApiDependencyKind,
    mcpServerDependencyKind,
    runtimeAgentKind,
    deploymentStatusKind,
    serviceKind,
    httpRouteKind,
    gatewayKind,
  ],
  onDemand,
  customize: related,
  observe: observeAgent,
  desire,
  reply,
  columns,
  rows,
});
