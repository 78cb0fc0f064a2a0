import { type RouteRefused, routeAccess } from '../../policies/route-access.ts';
import type { Settings } from '../../settings.ts';
import type { Observed } from '../observed.ts';
import { hasPolicy } from '../workload/network-policy.ts';

interface Routed extends Pick<Observed, 'about' | 'resource' | 'naming' | 'namespace' | 'route' | 'now'> {
  /** Whether a NetworkPolicy limits who connects to its pods. */
  readonly isFromEnforced: boolean;
}

/** Why `kaos-routes` makes no route for this resource, by the access rules; undefined if they permit one. */
export function ownRouteRefusal(observed: Observed, settings: Settings): RouteRefused | undefined {
  const isFromEnforced = settings.kaosRuntime.enabled && hasPolicy(observed.children, observed.naming);
  return routeRefusal({ ...observed, isFromEnforced }, settings);
}

/** The same for any resource. */
export function routeRefusal(observed: Routed, settings: Settings): RouteRefused | undefined {
  const { about, resource, naming, namespace, route, now, isFromEnforced } = observed;
  const { routeName, labels } = naming;
  const access = routeAccess(
    {
      about,
      resource,
      target: { routeName, namespace, labels },
      isFromEnforced,
      // Neither changes whether there is a route.
      gatewayClass: undefined,
      observed: { route, policies: [], now },
    },
    settings,
  );
  return access.outcome === 'refused' ? access : undefined;
}
