import { defineReading } from '../../reading.ts';
import { type Static, Type } from '../../typebox.ts';
import { AGENTIC_LAYER_API_VERSION } from './api-version.ts';

const StringMap = Type.Record(Type.String(), Type.String());
const Metadata = Type.Optional(
  Type.Object({ labels: Type.Optional(StringMap), annotations: Type.Optional(StringMap) }),
);

/** The fields of an AgentGateway that are read. `env` and `envFrom` are checked later, with the table of PodSpec fields. */
const AgentGateway = Type.Object({
  apiVersion: Type.Literal(AGENTIC_LAYER_API_VERSION),
  kind: Type.Literal('AgentGateway'),
  metadata: Type.Object({
    name: Type.String({ minLength: 1 }),
    namespace: Type.String({ minLength: 1 }),
    uid: Type.Optional(Type.String()),
    creationTimestamp: Type.Optional(Type.String()),
    generation: Type.Optional(Type.Integer()),
    labels: Type.Optional(StringMap),
    annotations: Type.Optional(StringMap),
    deletionTimestamp: Type.Optional(Type.String()),
  }),
  spec: Type.Optional(
    Type.Object({
      agentGatewayClassName: Type.Optional(Type.String()),
      replicas: Type.Optional(Type.Integer({ minimum: 0 })),
      timeout: Type.Optional(Type.String()),
      env: Type.Optional(Type.Array(Type.Unknown())),
      envFrom: Type.Optional(Type.Array(Type.Unknown())),
      commonMetadata: Metadata,
      podMetadata: Metadata,
      guardrails: Type.Optional(Type.Array(Type.Object({ name: Type.Optional(Type.String()) }))),
    }),
  ),
  status: Type.Optional(Type.Object({ conditions: Type.Optional(Type.Array(Type.Unknown())) })),
});
export type AgentGateway = Static<typeof AgentGateway>;

export const agentGatewayReading = defineReading(
  { apiVersion: AGENTIC_LAYER_API_VERSION, kind: 'AgentGateway', resource: 'agentgateways', namespaced: true },
  AgentGateway,
);
