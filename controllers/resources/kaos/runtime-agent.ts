import { type Static, Type } from '@sinclair/typebox';
import { defineReading } from '../../reading.ts';
import { GatewayRoute, KAOS_API_VERSION } from './shared.ts';
import { OptionalTelemetry, ResourceMetadata, ResourceStatus, usableSpec, workloadFields } from './spec-fields.ts';

const Memory = Type.Object({
  enabled: Type.Optional(Type.Boolean()),
  type: Type.Optional(Type.String()),
  contextLimit: Type.Optional(Type.Integer()),
  maxSessions: Type.Optional(Type.Integer()),
  maxSessionEvents: Type.Optional(Type.Integer()),
});
export type Memory = Static<typeof Memory>;

const AgentSpec = Type.Object({
  modelAPI: Type.String(),
  model: Type.String(),
  mcpServers: Type.Optional(Type.Array(Type.String())),
  agentNetwork: Type.Optional(
    Type.Object({ expose: Type.Optional(Type.Boolean()), access: Type.Optional(Type.Array(Type.String())) }),
  ),
  config: Type.Optional(
    Type.Object({
      description: Type.Optional(Type.String()),
      instructions: Type.Optional(Type.String()),
      reasoningLoopMaxSteps: Type.Optional(Type.Integer()),
      memory: Type.Optional(Memory),
      telemetry: OptionalTelemetry,
    }),
  ),
  waitForDependencies: Type.Optional(Type.Boolean()),
  gatewayRoute: GatewayRoute,
  ...workloadFields,
});
export type AgentSpec = Static<typeof AgentSpec>;

/** The fields of an Agent that the KAOS runtime reads. `kaos-routes` reads fewer: errors in others must not remove a route. */
const RuntimeAgent = Type.Object({
  apiVersion: Type.Literal(KAOS_API_VERSION),
  kind: Type.Literal('Agent'),
  metadata: ResourceMetadata,
  spec: Type.Optional(AgentSpec),
  status: ResourceStatus,
});
export type RuntimeAgent = Static<typeof RuntimeAgent>;

/** The Agent's spec. The CRDs accept an Agent without a spec; its references are then empty. */
export function agentSpec({ spec }: RuntimeAgent): AgentSpec {
  return usableSpec(spec) ?? { modelAPI: '', model: '' };
}

export const runtimeAgentReading = defineReading(
  { apiVersion: KAOS_API_VERSION, kind: 'Agent', resource: 'agents', namespaced: true },
  RuntimeAgent,
);
