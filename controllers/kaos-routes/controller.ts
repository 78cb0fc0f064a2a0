import { defineController } from '../define-controller.ts';
import { replyWithRoute, routeColumns, routeEndpoints, routeRows } from '../gateway-api/one-route.ts';
import { gatewayClassReading } from '../kubernetes/kinds/gateway-class.ts';
import { networkPolicyReading } from '../kubernetes/kinds/network-policy.ts';
import { observedHttpRouteReading } from '../kubernetes/kinds/observed-http-route.ts';
import { policyReadings, securityPolicyReading } from '../kubernetes/kinds/policy.ts';
import { agentReading } from '../resources/kaos/agent.ts';
import { mcpServerReading } from '../resources/kaos/mcp-server.ts';
import { memoryStoreReading } from '../resources/kaos/memory-store.ts';
import { modelApiReading } from '../resources/kaos/model-api.ts';
import { ROUTES_CONTROLLER } from '../resources/kaos/naming.ts';
import { desire } from './desired.ts';
import { observe } from './observed.ts';
import { related } from './related.ts';

/** Makes the HTTPRoute, and the policies beside it, of each KAOS Agent, ModelAPI, MCPServer and MemoryStore. */
export const kaosRoutes = defineController({
  name: ROUTES_CONTROLLER,
  type: 'decorator',
  parents: [agentReading, modelApiReading, mcpServerReading, memoryStoreReading],
  children: [observedHttpRouteReading, ...policyReadings],
  related: [gatewayClassReading, networkPolicyReading, securityPolicyReading],
  customize: related,
  observe,
  desire,
  reply: replyWithRoute,
  columns: routeColumns,
  rows: routeRows,
  endpoints: routeEndpoints,
});
