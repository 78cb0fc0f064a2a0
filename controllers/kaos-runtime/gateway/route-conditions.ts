import { routeAccepted, routeRefused } from '../../gateway-api/route-accepted.ts';
import type { ReportedCondition } from '../../kubernetes/objects/conditions.ts';
import { whyNoServiceName } from '../../kubernetes/values/names.ts';
import type { Settings } from '../../settings.ts';
import type { Observed } from '../observed.ts';

/** The condition RouteAccepted of a resource. Empty for one that asks for no route. */
export function routeConditions(observed: Observed, { gatewayApi }: Settings): readonly ReportedCondition[] {
  const { exposed, naming, route, routeConflict } = observed;
  if (!gatewayApi.enabled || !exposed || whyNoServiceName(naming.serviceName) !== undefined) {
    return [];
  }
  return routeConflict === undefined
    ? [routeAccepted(route, gatewayApi.gateway)]
    : [routeRefused({ reason: 'NameConflict', message: routeConflict })];
}
