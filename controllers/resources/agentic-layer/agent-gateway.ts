import { type Static, Type } from '@sinclair/typebox';
import { defineReading } from '../../reading.ts';
import { AGENTIC_LAYER_API_VERSION } from './shared.ts';

const StringMap = Type.Record(Type.String(), Type.String());
const Metadata = Type.Optional(
  Type.Object({ labels: Type.Optional(StringMap), annotations: Type.Optional(StringMap) }),
);

/** core/v1 ConfigMapKeySelector and SecretKeySelector. */
const KeySelector = Type.Object({
  name: Type.Optional(Type.String()),
  key: Type.String(),
  optional: Type.Optional(Type.Boolean()),
});

/** core/v1 EnvVar, with the sources that make sense for a gateway. */
const EnvVar = Type.Object({
  name: Type.String(),
  value: Type.Optional(Type.String()),
  valueFrom: Type.Optional(
    Type.Object({
      configMapKeyRef: Type.Optional(KeySelector),
      secretKeyRef: Type.Optional(KeySelector),
      fieldRef: Type.Optional(Type.Object({ fieldPath: Type.String() })),
      resourceFieldRef: Type.Optional(Type.Object({ resource: Type.String() })),
    }),
  ),
});
export type EnvVar = Static<typeof EnvVar>;

const ObjectSource = Type.Object({ name: Type.Optional(Type.String()), optional: Type.Optional(Type.Boolean()) });

/** core/v1 EnvFromSource. */
const EnvFromSource = Type.Object({
  prefix: Type.Optional(Type.String()),
  configMapRef: Type.Optional(ObjectSource),
  secretRef: Type.Optional(ObjectSource),
});
export type EnvFromSource = Static<typeof EnvFromSource>;

/** What is read of an AgentGateway. */
const AgentGateway = Type.Object({
  apiVersion: Type.Literal(AGENTIC_LAYER_API_VERSION),
  kind: Type.Literal('AgentGateway'),
  metadata: Type.Object({
    name: Type.String({ minLength: 1 }),
    namespace: Type.String({ minLength: 1 }),
    uid: Type.Optional(Type.String()),
    creationTimestamp: Type.Optional(Type.String()),
    generation: Type.Optional(Type.Integer()),
    annotations: Type.Optional(StringMap),
    deletionTimestamp: Type.Optional(Type.String()),
  }),
  spec: Type.Optional(
    Type.Object({
      agentGatewayClassName: Type.Optional(Type.String()),
      replicas: Type.Optional(Type.Integer({ minimum: 0 })),
      timeout: Type.Optional(Type.String()),
      env: Type.Optional(Type.Array(EnvVar)),
      envFrom: Type.Optional(Type.Array(EnvFromSource)),
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
