import { defineController } from '../../define-controller.ts';
import { configMapKind } from '../../kubernetes/kinds/config-map.ts';
import { deploymentStatusKind } from '../../kubernetes/kinds/deployment-status.ts';
import { gatewayKind } from '../../kubernetes/kinds/gateway.ts';
import { httpRouteKind } from '../../kubernetes/kinds/http-route.ts';
import { serviceKind } from '../../kubernetes/kinds/service.ts';
import { runtimeMcpServerKind } from '../../resources/kaos/mcp-server-spec.ts';
import { onDemand } from '../on-demand.ts';
import { columns, rows } from '../rows.ts';
import { reply } from '../settle.ts';
import { desire } from './desired.ts';
import { observeMcpServer } from './observed.ts';
import { MCP_SERVER_CHILD_KINDS, related } from './related.ts';

/** KAOS's MCPServer in; its Deployment, its Service and its status out. */
export const kaosRuntimeMcpServer = defineController({
  name: 'kaos-runtime-mcpserver',
  type: 'composite',
  parents: [runtimeMcpServerKind],
  children: MCP_SERVER_CHILD_KINDS,
  related: [configMapKind, deploymentStatusKind, serviceKind, httpRouteKind, gatewayKind],
  onDemand,
  customize: related,
  observe: observeMcpServer,
  desire,
  reply,
  columns,
  rows,
});
