import type { CrdDefinition } from './kubernetes/crd/definition.ts';
import { agentCrd } from './resources/agentic-layer/agent-crd.ts';
import { agentGatewayClassCrd } from './resources/agentic-layer/agent-gateway-class-crd.ts';
import { agentGatewayCrd } from './resources/agentic-layer/agent-gateway-crd.ts';
import { accessGrantCrd } from './resources/kaos/access-grant-crd.ts';
import { agentCrd as kaosAgentCrd } from './resources/kaos/agent-crd.ts';
import { mcpServerCrd } from './resources/kaos/mcp-server-crd.ts';
import { memoryStoreCrd } from './resources/kaos/memory-store-crd.ts';
import { modelApiCrd } from './resources/kaos/model-api-crd.ts';

/** A subchart that contains only CustomResourceDefinitions, so that users can leave them out. */
export interface CrdChart {
  readonly name: string;
  readonly description: string;
  readonly definitions: readonly CrdDefinition[];
}

/** The CRD subcharts of the chart. */
export const crdCharts: readonly CrdChart[] = [
  {
    name: 'agent-runtime-crds',
    description: 'CRDs of AgentGateway, AgentGatewayClass and Agent, for clusters without the agent runtime operator',
    definitions: [agentCrd, agentGatewayClassCrd, agentGatewayCrd],
  },
  {
    name: 'kaos-crds',
    description: 'CRDs of KAOS 0.8, for clusters without the KAOS operator',
    definitions: [accessGrantCrd, kaosAgentCrd, mcpServerCrd, memoryStoreCrd, modelApiCrd],
  },
];
