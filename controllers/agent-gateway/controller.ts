import { defineController } from '../define-controller.ts';
import { configMapReading, secretReading } from '../kubernetes/kinds/config-map.ts';
import { deploymentReading } from '../kubernetes/kinds/deployment.ts';
import { gatewayClassReading } from '../kubernetes/kinds/gateway-class.ts';
import { networkPolicyReading } from '../kubernetes/kinds/network-policy.ts';
import { observedHttpRouteReading } from '../kubernetes/kinds/observed-http-route.ts';
import { podDisruptionBudgetReading } from '../kubernetes/kinds/pod-disruption-budget.ts';
import { serviceReading } from '../kubernetes/kinds/service.ts';
import { agentReading } from '../resources/agentic-layer/agent.ts';
import { agentGatewayReading } from '../resources/agentic-layer/agent-gateway.ts';
import { agentGatewayClassReading } from '../resources/agentic-layer/agent-gateway-class.ts';
import { whyNotSelected, whyUnserved } from './agents/selection.ts';
import { desire } from './desired.ts';
import { endpoints } from './endpoints.ts';
import { observe } from './observed.ts';
import { related } from './related.ts';
import { reply } from './reply.ts';
import { columns, rows } from './rows.ts';

/** Takes an AgentGateway and makes its KrakenD, which serves every exposed agent of the cluster that the settings select. */
export const agentGateway = defineController({
  name: 'agent-gateway',
  type: 'decorator',
  parents: [agentGatewayReading],
  children: [
    configMapReading,
    deploymentReading,
    networkPolicyReading,
    observedHttpRouteReading,
    podDisruptionBudgetReading,
    serviceReading,
  ],
  related: [
    agentReading,
    agentGatewayClassReading,
    configMapReading,
    secretReading,
    deploymentReading,
    gatewayClassReading,
    networkPolicyReading,
    observedHttpRouteReading,
    podDisruptionBudgetReading,
    serviceReading,
  ],
  customize: related,
  observe,
  desire,
  reply,
  columns,
  rows,
  endpoints,
  whyPassedOver: whyNotSelected,
  whyUnserved,
});
