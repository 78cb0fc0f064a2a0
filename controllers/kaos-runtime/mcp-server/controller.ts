import { defineController } from '../../define-controller.ts';
import { configMapReading } from '../../kubernetes/kinds/config-map.ts';
import { deploymentReading } from '../../kubernetes/kinds/deployment.ts';
import { httpRouteReading } from '../../kubernetes/kinds/http-route.ts';
import { networkPolicyReading } from '../../kubernetes/kinds/network-policy.ts';
import { serviceReading } from '../../kubernetes/kinds/service.ts';
import { runtimeMcpServerReading } from '../../resources/kaos/runtime-mcp-server.ts';
import { sharedDefinition } from '../shared-definition.ts';
import { chartRegistry } from './chart-registry.ts';
import { MCP_SERVER_CHILD_KINDS } from './children.ts';
import { desire } from './desired.ts';
import { observeMcpServer } from './observed.ts';
import { related } from './related.ts';

/** Runs KAOS's MCPServers: makes the Deployment, the Service and the status of each. */
export const kaosRuntimeMcpServer = defineController({
  ...sharedDefinition,
  onDemand: { ...sharedDefinition.onDemand, chartObjects: chartRegistry },
  name: 'kaos-runtime-mcpserver',
  parents: [runtimeMcpServerReading],
  children: MCP_SERVER_CHILD_KINDS,
  related: [configMapReading, deploymentReading, networkPolicyReading, serviceReading, httpRouteReading],
  customize: related,
  observe: observeMcpServer,
  desire,
});
