import { agentGateway } from './agent-gateway.ts';
import { kaosRoutes } from './kaos-routes.ts';
import { kaosRuntime, kaosRuntimeGateway } from './kaos-runtime.ts';
import type { ScaleCase } from './scale-case.ts';

/** What `npm run scale` can create. */
export const CASES: readonly ScaleCase[] = [kaosRoutes, kaosRuntime, kaosRuntimeGateway, agentGateway];
