import { ObjectMetadata } from '../../kubernetes/kinds/metadata.ts';
import { defineReading } from '../../reading.ts';
import { type Static, Type } from '../../typebox.ts';
import { GatewayRoute, KAOS_API_VERSION } from './shared.ts';

/** The fields of a KAOS MCPServer that `kaos-routes` reads. */
const McpServer = Type.Object({
  apiVersion: Type.Literal(KAOS_API_VERSION),
  kind: Type.Literal('MCPServer'),
  metadata: ObjectMetadata,
  spec: Type.Optional(Type.Object({ gatewayRoute: GatewayRoute })),
});
export type McpServer = Static<typeof McpServer>;

export const mcpServerReading = defineReading(
  { apiVersion: KAOS_API_VERSION, kind: 'MCPServer', resource: 'mcpservers', namespaced: true },
  McpServer,
);
