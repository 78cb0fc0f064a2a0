import { agentGateway } from './agent-gateway/controller.ts';
import type { Controller } from './contract.ts';
import { kaosRoutes } from './kaos-routes/controller.ts';

/** Every controller of this service. Routes, offline commands and fixtures go by this list. */
export const controllers: readonly Controller[] = [kaosRoutes, agentGateway];
