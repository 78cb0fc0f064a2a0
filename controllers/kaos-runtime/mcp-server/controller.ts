import { defineController } from '../../define-controller.ts';
import { configMapReading } from '../../kubernetes/kinds/config-map.ts';
import { deploymentStatusReading } from '../../kubernetes/kinds/deployment-status.ts';
import { gatewayReading } from '../../kubernetes/kinds/gateway.ts';
import { httpRouteReading } from '../../kubernetes/kinds/http-route.ts';
import { serviceReading } from '../../kubernetes/kinds/service.ts';
import { runtimeMcpServerReading } from '../../resources/kaos/runtime-mcp-server.ts';
import { sharedDefinition } from '../shared-definition.ts';
import { MCP_SERVER_CHILD_KINDS } from './children.ts';
import { desire } from './desired.ts';
import { observeMcpServer } from './observed.ts';
import { related } from './related.ts';

/** KAOS's MCPServer in; its Deployment, its Service and its status out. */
export const kaosRuntimeMcpServer = defineController({
  ...sharedDefinition,
  name: 'kaos-runtime-mcpserver',
  parents: [runtimeMcpServerReading],
  children: MCP_SERVER_CHILD_KINDS,
  related: [configMapReading, deploymentStatusReading, serviceReading, httpRouteReading, gatewayReading],
  customize: related,
  observe: observeMcpServer,
  desire,
});
