import type { Api } from '../cluster/support/api.ts';
import { ours } from '../cluster/support/crds.ts';
import { countOf } from './collections.ts';
import { playDeployments } from './deployments-player.ts';
import { playGateway } from './gateway-player.ts';
import { agentSpecChange, GATEWAY, gatewayStatusChange, kaosResources, routeStatusChange } from './kaos-resources.ts';
import { ROUTES } from './kaos-routes.ts';
import type { ScaleCase, Size } from './scale-case.ts';

const RUNTIME: ScaleCase = {
  name: 'kaos-runtime',
  values: { 'agentGateway.enabled': 'false', 'gatewayAPI.enabled': 'false', 'kaosRuntime.enabled': 'true' },
  workloads: false,
  definitions: () => ours('kaos-crds'),
  players: [playDeployments],
  before: () => [],
  resources: kaosResources,
  isDone: (api, size) => hasAll(api, size, ['/apis/apps/v1/deployments', '/api/v1/services']),
  changes: [agentSpecChange],
};

/** KAOS resources with their Deployments and Services, and no routes. */
export const kaosRuntime = RUNTIME;

/** The same with routes and their Gateway. */
export const kaosRuntimeGateway: ScaleCase = {
  ...RUNTIME,
  name: 'kaos-runtime-gateway',
  values: { ...RUNTIME.values, 'gatewayAPI.enabled': 'true' },
  players: [playDeployments, playGateway],
  before: () => [GATEWAY],
  isDone: (api, size) => hasAll(api, size, ['/apis/apps/v1/deployments', '/api/v1/services', ROUTES]),
  changes: [agentSpecChange, routeStatusChange, gatewayStatusChange],
};

/** The API server itself may have a Service besides. */
async function hasAll(api: Api, { count }: Size, collections: readonly string[]): Promise<boolean> {
  const counts = await Promise.all(collections.map((collection) => countOf(api, collection)));
  return counts.every((found) => found >= count);
}
