import { defineController } from '../define-controller.ts';
import { replyWithRoute, routeColumns, routeEndpoints, routeRows } from '../gateway-api/one-route.ts';
import { observedHttpRouteReading } from '../kubernetes/kinds/observed-http-route.ts';
import { policyReadings } from '../kubernetes/kinds/policy.ts';
import { agentReading } from '../resources/agentic-layer/agent.ts';
import { desire } from './desired.ts';
import { observe } from './observed.ts';
import { references } from './references.ts';

/** Makes an HTTPRoute, and the policies beside it, from the Gateway straight to the Service of each exposed and selected Agent of the agent runtime. */
export const agentRoutes = defineController({
  name: 'agent-routes',
  type: 'decorator',
  parents: [agentReading],
  children: [observedHttpRouteReading, ...policyReadings],
  related: [],
  observe,
  desire,
  reply: replyWithRoute,
  columns: routeColumns,
  rows: routeRows,
  endpoints: routeEndpoints,
  references,
  onDemand: { flag: 'agent-routes', defaults: {}, variables: { AGENT_ROUTES_ENABLED: 'true' } },
});
