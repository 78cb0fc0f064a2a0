import { type RouteRefused, routeAccess } from '../../policies/route-access.ts';
import type { Settings } from '../../settings.ts';
import type { Observed } from '../observed.ts';

type Routed = Pick<Observed, 'about' | 'resource' | 'naming' | 'namespace' | 'route' | 'now'>;

/** Why `kaos-routes` makes no route for a resource, by the access rules; undefined if they permit one. */
export function routeRefusal(observed: Routed, settings: Settings): RouteRefused | undefined {
  const { about, resource, naming, namespace, route, now } = observed;
  const { routeName, labels } = naming;
  const access = routeAccess(
    {
      about,
      resource,
      target: { routeName, namespace, labels },
      isFromEnforced: settings.kaosRuntime.enabled,
      // Neither changes whether there is a route.
      gatewayClass: undefined,
      observed: { route, policies: [], now },
    },
    settings,
  );
  return access.outcome === 'refused' ? access : undefined;
}
