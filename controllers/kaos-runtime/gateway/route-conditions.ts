import { routeAccepted, routeRefused } from '../../gateway-api/route-accepted.ts';
import type { ReportedCondition } from '../../kubernetes/objects/conditions.ts';
import { whyNoServiceName } from '../../kubernetes/values/names.ts';
import type { Settings } from '../../settings.ts';
import type { Observed } from '../observed.ts';
import { ownRouteRefusal } from './route-refusal.ts';

/** The condition RouteAccepted of a resource. Empty for one that asks for no route. */
export function routeConditions(observed: Observed, settings: Settings): readonly ReportedCondition[] {
  const { gatewayApi } = settings;
  const { exposed, naming, route, routeConflict } = observed;
  if (!gatewayApi.enabled || !exposed || whyNoServiceName(naming.serviceName) !== undefined) {
    return [];
  }
  const refusal =
    ownRouteRefusal(observed, settings) ??
    (routeConflict === undefined ? undefined : { reason: 'NameConflict' as const, message: routeConflict });
  return [refusal === undefined ? routeAccepted(route, gatewayApi.gateway) : routeRefused(refusal)];
}
