import { type Static, Type } from '@sinclair/typebox';
import { defineReading } from '../../reading.ts';
import { GatewayRoute, KAOS_API_VERSION } from './shared.ts';
import { OptionalTelemetry, ResourceMetadata, ResourceStatus, workloadFields } from './spec-fields.ts';

const McpServerSpec = Type.Object({
  runtime: Type.String(),
  params: Type.Optional(Type.String()),
  serviceAccountName: Type.Optional(Type.String()),
  telemetry: OptionalTelemetry,
  gatewayRoute: GatewayRoute,
  ...workloadFields,
});
export type McpServerSpec = Static<typeof McpServerSpec>;

/** What the runtime reads of an MCPServer. Routes read less, so that a misfit of a runtime's field never costs a route. */
const RuntimeMcpServer = Type.Object({
  apiVersion: Type.Literal(KAOS_API_VERSION),
  kind: Type.Literal('MCPServer'),
  metadata: ResourceMetadata,
  spec: Type.Optional(McpServerSpec),
  status: ResourceStatus,
});
export type RuntimeMcpServer = Static<typeof RuntimeMcpServer>;

/** The CRDs take an MCPServer without a spec: its runtime is empty then. */
export function mcpServerSpec({ spec = { runtime: '' } }: RuntimeMcpServer): McpServerSpec {
  return spec;
}

export const runtimeMcpServerReading = defineReading(
  { apiVersion: KAOS_API_VERSION, kind: 'MCPServer', resource: 'mcpservers', namespaced: true },
  RuntimeMcpServer,
);
