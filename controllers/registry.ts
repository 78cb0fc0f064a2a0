import { agentGateway } from './agent-gateway/controller.ts';
import { agentRoutes } from './agent-routes/controller.ts';
import type { Controller } from './contract.ts';
import { gatewayAddress } from './gateway-address/controller.ts';
import { kaosRoutes } from './kaos-routes/controller.ts';
import { kaosRuntimeAccessGrant } from './kaos-runtime/access-grant/controller.ts';
import { kaosRuntimeAgent } from './kaos-runtime/agent/controller.ts';
import { kaosRuntimeMcpServer } from './kaos-runtime/mcp-server/controller.ts';
import { kaosRuntimeMemoryStore } from './kaos-runtime/memory-store/controller.ts';
import { kaosRuntimeModelApi } from './kaos-runtime/model-api/controller.ts';

/** All controllers of this service. The server, the offline commands and the fixtures use this list. */
export const controllers: readonly Controller[] = [
  kaosRoutes,
  agentGateway,
  agentRoutes,
  kaosRuntimeAgent,
  kaosRuntimeModelApi,
  kaosRuntimeMcpServer,
  kaosRuntimeMemoryStore,
  kaosRuntimeAccessGrant,
  gatewayAddress,
];
