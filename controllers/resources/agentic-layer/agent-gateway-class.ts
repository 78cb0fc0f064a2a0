import { defineReading } from '../../reading.ts';
import { type Static, Type } from '../../typebox.ts';
import { AGENTIC_LAYER_API_VERSION } from './api-version.ts';

const AgentGatewayClass = Type.Object({
  apiVersion: Type.Literal(AGENTIC_LAYER_API_VERSION),
  kind: Type.Literal('AgentGatewayClass'),
  metadata: Type.Object({
    name: Type.String({ minLength: 1 }),
    annotations: Type.Optional(Type.Record(Type.String(), Type.String())),
  }),
  spec: Type.Object({ controller: Type.String() }),
});
export type AgentGatewayClass = Static<typeof AgentGatewayClass>;

export const agentGatewayClassReading = defineReading(
  {
    apiVersion: AGENTIC_LAYER_API_VERSION,
    kind: 'AgentGatewayClass',
    resource: 'agentgatewayclasses',
    namespaced: false,
  },
  AgentGatewayClass,
);
