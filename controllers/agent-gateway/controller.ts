import { defineController } from '../define-controller.ts';
import { configMapKind, secretKind } from '../kubernetes/kinds/config-map.ts';
import { deploymentKind } from '../kubernetes/kinds/deployment.ts';
import { serviceKind } from '../kubernetes/kinds/service.ts';
import { agentKind } from '../resources/agentic-layer/agent.ts';
import { agentGatewayKind } from '../resources/agentic-layer/agent-gateway.ts';
import { agentGatewayClassKind } from '../resources/agentic-layer/agent-gateway-class.ts';
import { desire } from './desired.ts';
import { observe } from './observed.ts';
import { related } from './related.ts';
import { reply } from './reply.ts';
import { columns, rows } from './rows.ts';

/** An AgentGateway in; its KrakenD, which exposes every exposed agent of the cluster, out. */
export const agentGateway = defineController({
  name: 'agent-gateway',
  type: 'decorator',
  parents: [agentGatewayKind],
  children: [configMapKind, deploymentKind, serviceKind],
  related: [agentKind, agentGatewayClassKind, configMapKind, secretKind, deploymentKind, serviceKind],
  customize: related,
  observe,
  desire,
  reply,
  columns,
  rows,
});
