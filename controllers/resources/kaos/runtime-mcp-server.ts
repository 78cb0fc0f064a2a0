import { defineReading } from '../../reading.ts';
import { type Static, Type } from '../../typebox.ts';
import { GatewayRoute, KAOS_API_VERSION } from './shared.ts';
import { OptionalTelemetry, ResourceMetadata, ResourceStatus, usableSpec, workloadFields } from './spec-fields.ts';

const McpServerSpec = Type.Object({
  runtime: Type.String(),
  params: Type.Optional(Type.String()),
  serviceAccountName: Type.Optional(Type.String()),
  telemetry: OptionalTelemetry,
  gatewayRoute: GatewayRoute,
  ...workloadFields,
});
export type McpServerSpec = Static<typeof McpServerSpec>;

/** The fields of an MCPServer that the KAOS runtime reads. `kaos-routes` reads fewer: errors in others must not remove a route. */
const RuntimeMcpServer = Type.Object({
  apiVersion: Type.Literal(KAOS_API_VERSION),
  kind: Type.Literal('MCPServer'),
  metadata: ResourceMetadata,
  spec: Type.Optional(McpServerSpec),
  status: ResourceStatus,
});
export type RuntimeMcpServer = Static<typeof RuntimeMcpServer>;

/** The MCPServer's spec. The CRDs accept an MCPServer without a spec; its runtime is then empty. */
export function mcpServerSpec({ spec }: RuntimeMcpServer): McpServerSpec {
  return usableSpec(spec) ?? { runtime: '' };
}

export const runtimeMcpServerReading = defineReading(
  { apiVersion: KAOS_API_VERSION, kind: 'MCPServer', resource: 'mcpservers', namespaced: true },
  RuntimeMcpServer,
);
