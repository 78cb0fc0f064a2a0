import type { ChildName } from '../../engine/child-names.ts';
import { deploymentReading } from '../../kubernetes/kinds/deployment.ts';
import { networkPolicyReading } from '../../kubernetes/kinds/network-policy.ts';
import { serviceReading } from '../../kubernetes/kinds/service.ts';
import { namingOf } from '../../resources/kaos/naming.ts';
import type { RuntimeMcpServer } from '../../resources/kaos/runtime-mcp-server.ts';

/** The kinds of children that MCPServers have. */
export const MCP_SERVER_CHILD_KINDS = [deploymentReading, networkPolicyReading, serviceReading] as const;

/** The children that this MCPServer asks for: a Deployment and a Service. */
export function mcpServerChildren(server: RuntimeMcpServer): readonly ChildName[] {
  const { serviceName: name } = namingOf(server);
  return [deploymentReading, serviceReading].map((reading) => ({ reading, name }));
}
