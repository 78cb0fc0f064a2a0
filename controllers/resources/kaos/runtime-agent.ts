import { defineReading } from '../../reading.ts';
import { type Static, Type } from '../../typebox.ts';
import { ReadScope } from './dependency.ts';
import { GatewayRoute, KAOS_API_VERSION } from './shared.ts';
import { OptionalTelemetry, ResourceMetadata, ResourceStatus, usableSpec, workloadFields } from './spec-fields.ts';

const OptionalInteger = Type.Optional(Type.Integer());

/** `contextLimit`, `maxSessions` and `maxSessionEvents` are fields of KAOS 0.1.4. */
const Memory = Type.Object({
  enabled: Type.Optional(Type.Boolean()),
  type: Type.Optional(Type.String()),
  memoryStore: Type.Optional(Type.String()),
  maxReadScope: Type.Optional(ReadScope),
  tools: Type.Optional(Type.String()),
  failureMode: Type.Optional(Type.String()),
  clientParams: Type.Optional(
    Type.Object({ tokenBudget: OptionalInteger, rollingSummary: Type.Optional(Type.Boolean()) }),
  ),
  contextLimit: OptionalInteger,
  maxSessions: OptionalInteger,
  maxSessionEvents: OptionalInteger,
});
export type Memory = Static<typeof Memory>;

const Config = Type.Object({
  description: Type.Optional(Type.String()),
  instructions: Type.Optional(Type.String()),
  systemPrompt: Type.Optional(Type.String()),
  reasoningLoopMaxSteps: OptionalInteger,
  toolCallMode: Type.Optional(Type.String()),
  memory: Type.Optional(Memory),
  autonomous: Type.Optional(
    Type.Object({
      goal: Type.Optional(Type.String()),
      intervalSeconds: OptionalInteger,
      maxIterRuntimeSeconds: OptionalInteger,
    }),
  ),
  taskConfig: Type.Optional(
    Type.Object({ maxIterations: OptionalInteger, maxRuntimeSeconds: OptionalInteger, maxToolCalls: OptionalInteger }),
  ),
  telemetry: OptionalTelemetry,
});
export type AgentConfig = Static<typeof Config>;

const AgentSpec = Type.Object({
  modelAPI: Type.String(),
  model: Type.String(),
  mcpServers: Type.Optional(Type.Array(Type.String())),
  agentNetwork: Type.Optional(
    Type.Object({ expose: Type.Optional(Type.Boolean()), access: Type.Optional(Type.Array(Type.String())) }),
  ),
  config: Type.Optional(Config),
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
