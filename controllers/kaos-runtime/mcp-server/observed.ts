import type { Snapshot } from '../../contract.ts';
import { fitting } from '../../engine/fitting.ts';
import { type ConfigMap, configMapReading } from '../../kubernetes/kinds/config-map.ts';
import { type McpServerSpec, mcpServerSpec, type RuntimeMcpServer } from '../../resources/kaos/runtime-mcp-server.ts';
import type { Settings } from '../../settings.ts';
import { type Observed, observe } from '../observed.ts';
import { MCP_SERVER_CHILD_KINDS, mcpServerChildren } from './children.ts';
import { REGISTRY_NAME } from './registry.ts';

/** An MCPServer and the registry of runtimes, which is a ConfigMap. */
export interface ObservedMcpServer extends Observed {
  readonly spec: McpServerSpec;
  readonly registry: ConfigMap | undefined;
}

/** Reads an MCPServer, and finds the registry in the system namespace. */
export function observeMcpServer(snapshot: Snapshot<RuntimeMcpServer>, settings: Settings): ObservedMcpServer {
  const { parent, related } = snapshot;
  const observed = observe(snapshot, { kinds: MCP_SERVER_CHILD_KINDS, names: mcpServerChildren(parent) }, settings);
  return {
    ...observed,
    spec: mcpServerSpec(parent),
    registry: fitting(configMapReading, related).items.find(
      ({ metadata }) => metadata.name === REGISTRY_NAME && metadata.namespace === settings.kaosRuntime.systemNamespace,
    ),
  };
}
