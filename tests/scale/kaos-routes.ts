import { countOf } from './collections.ts';
import { playGateway } from './gateway-player.ts';
import { agentSpecChange, GATEWAY, gatewayStatusChange, kaosResources, routeStatusChange } from './kaos-resources.ts';
import type { ScaleCase } from './scale-case.ts';

export const ROUTES = '/apis/gateway.networking.k8s.io/v1/httproutes';

/** The routes of KAOS resources that the KAOS operator, which does not run here, would run. */
export const kaosRoutes: ScaleCase = {
  name: 'kaos-routes',
  values: { 'agentGateway.enabled': 'false' },
  workloads: false,
  definitions: () => [],
  players: [playGateway],
  before: () => [GATEWAY],
  resources: kaosResources,
  isDone: async (api, { count }) => (await countOf(api, ROUTES)) === count,
  changes: [agentSpecChange, routeStatusChange, gatewayStatusChange],
};
