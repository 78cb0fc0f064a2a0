import type { ObservedObject } from '../../contract.ts';
import { fitting } from '../../engine/fitting.ts';
import { type GatewayClass, gatewayClassReading } from '../../kubernetes/kinds/gateway-class.ts';
import { type ObservedHttpRoute, observedHttpRouteReading } from '../../kubernetes/kinds/observed-http-route.ts';
import { controllerUid } from '../../kubernetes/kinds/owner.ts';
import type { Problem } from '../../problem.ts';
import type { AgentGateway } from '../../resources/agentic-layer/agent-gateway.ts';
import { whyRouteConflict } from '../name-conflict.ts';

/** The routes in the cluster on which a gateway's own route depends. */
export interface ObservedRoute {
  /** The gateway's own. */
  readonly own: ObservedHttpRoute | undefined;
  /** Those of other gateways. */
  readonly others: readonly ObservedHttpRoute[];
  /** The foreign HTTPRoute that already has the name of the gateway's route, if any. */
  readonly nameConflict: string | undefined;
  /** The class of the Gateway, if it was asked for and exists. */
  readonly gatewayClass: GatewayClass | undefined;
  readonly problems: readonly Problem[];
}

/** Reads the routes, and the class of the Gateway. */
export function observeRoute(
  gateway: AgentGateway,
  children: readonly ObservedObject[],
  related: readonly ObservedObject[],
): ObservedRoute {
  const { name, uid } = gateway.metadata;
  const ownRoutes = fitting(observedHttpRouteReading, children);
  const routes = fitting(observedHttpRouteReading, related);
  const classes = fitting(gatewayClassReading, related);
  return {
    own: ownRoutes.items.find(({ metadata }) => metadata.name === name),
    others: routes.items.filter((route) => isOfAnother(route, uid)),
    nameConflict: whyRouteConflict(gateway, related),
    gatewayClass: classes.items[0],
    problems: [ownRoutes, routes, classes].flatMap(({ problems }) => problems),
  };
}

/** Whether a route is of another gateway: the foreign route that has this gateway's name may have no controller. */
function isOfAnother(route: ObservedHttpRoute, uid: string | undefined): boolean {
  const controller = controllerUid(route);
  return controller !== undefined && controller !== uid && route.metadata.deletionTimestamp === undefined;
}
