import { defineController } from '../../define-controller.ts';
import { configMapReading } from '../../kubernetes/kinds/config-map.ts';
import { deploymentStatusReading } from '../../kubernetes/kinds/deployment-status.ts';
import { gatewayReading } from '../../kubernetes/kinds/gateway.ts';
import { httpRouteReading } from '../../kubernetes/kinds/http-route.ts';
import { serviceReading } from '../../kubernetes/kinds/service.ts';
import { runtimeMcpServerReading } from '../../resources/kaos/runtime-mcp-server.ts';
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
  parents: [runtimeMcpServerReading],
  children: MCP_SERVER_CHILD_KINDS,
  related: [configMapReading, deploymentStatusReading, serviceReading, httpRouteReading, gatewayReading],
  onDemand,
  customize: related,
  observe: observeMcpServer,
  desire,
  reply,
  columns,
  rows,
});
