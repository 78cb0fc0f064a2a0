import { shown } from '../../data/quote.ts';
import { routeAccepted, routeRefused } from '../../gateway-api/route-accepted.ts';
import type { ReportedCondition } from '../../kubernetes/objects/conditions.ts';
import { ANY_HOSTNAME } from '../../kubernetes/values/hostname.ts';
import type { SharedHostnames } from './hostname-conflicts.ts';
import type { ObservedRoute } from './observed-route.ts';
import type { PlannedRoute, RoutePlan } from './route-plan.ts';

/** Any number of newer gateways can have a host name too. */
const MOST_NAMED = 10;

/** The condition RouteAccepted. Empty for a gateway that asks for no route. */
export function routeCondition(plan: RoutePlan, observed: ObservedRoute): readonly ReportedCondition[] {
  switch (plan.outcome) {
    case 'unasked':
      return [];
    case 'none':
      return [routeRefused(plan)];
    case 'route':
      return [conditionOf(plan, observed)];
  }
}

/** What the Gateway reports, unless calls to a host name go to another gateway. */
function conditionOf(plan: PlannedRoute, { own }: ObservedRoute): ReportedCondition {
  const { conflicts, route, withoutTimeout } = plan;
  const reported = routeAccepted(own, route.spec.parentRefs[0]);
  const losses = lossesOf(plan);
  const message = [
    ...losses,
    reported.status === 'True' ? addressesOf(plan) : reported.message,
    withoutTimeout?.message ?? '',
    gainsOf(conflicts.won),
  ]
    .filter((part) => part !== '')
    .join('; ');
  return losses.length > 0 ? routeRefused({ reason: 'HostnameConflict', message }) : { ...reported, message };
}

/** Says which calls go to another gateway, and what to do. There is one message for each such gateway. */
export function lossesOf({ conflicts }: PlannedRoute): readonly string[] {
  return conflicts.lost.map(
    ({ gateway, hostnames }) =>
      `calls to ${listed(hostnames)} go to AgentGateway ${shown(gateway)}, whose HTTPRoute is older; remove the host name from one of the two`,
  );
}

function listed(hostnames: readonly string[]): string {
  return hostnames[0] === ANY_HOSTNAME ? 'all host names' : hostnames.join(', ');
}

/** The host names at which callers reach the gateway; empty if there are none. */
function addressesOf({ route, hostnames, conflicts }: PlannedRoute): string {
  const lost = new Set(conflicts.lost.flatMap((shared) => shared.hostnames));
  const own = hostnames.filter((hostname) => !lost.has(hostname));
  const { namespace, name } = route.spec.parentRefs[0];
  return own.length === 0 ? '' : `calls to ${listed(own)} at the Gateway ${namespace}/${name} come to this gateway`;
}

function gainsOf(won: readonly SharedHostnames[]): string {
  const named = won.slice(0, MOST_NAMED).map(({ gateway, hostnames }) => `${shown(gateway)} (${listed(hostnames)})`);
  const more = won.length > MOST_NAMED ? ` and ${won.length - MOST_NAMED} more` : '';
  return won.length === 0
    ? ''
    : `these AgentGateways have a host name of it too, and get none of its calls, because their HTTPRoutes are newer: ${named.join(', ')}${more}`;
}
