import type { ChildName } from '../../engine/child-names.ts';
import { deploymentStatusReading } from '../../kubernetes/kinds/deployment-status.ts';
import { serviceReading } from '../../kubernetes/kinds/service.ts';
import { namingOf } from '../../resources/kaos/naming.ts';
import type { RuntimeMcpServer } from '../../resources/kaos/runtime-mcp-server.ts';

/** The kinds of children that MCPServers have. */
export const MCP_SERVER_CHILD_KINDS = [deploymentStatusReading, serviceReading] as const;

/** The children that this MCPServer asks for: one of each kind. */
export function mcpServerChildren(server: RuntimeMcpServer): readonly ChildName[] {
  const { serviceName: name } = namingOf(server);
  return MCP_SERVER_CHILD_KINDS.map((reading) => ({ reading, name }));
}
