import type { GATEWAY_REASONS } from '../../condition-reasons.ts';
import type { EnabledGatewayApi } from '../../gateway-api/enabled.ts';
import { routeAccepted } from '../../gateway-api/route-accepted.ts';
import { OWN_DEFAULT, timeoutSupport } from '../../gateway-api/timeout-support.ts';
import type { HttpRoute } from '../../kubernetes/kinds/http-route.ts';
import type { GatewayApiSettings } from '../../settings.ts';
import type { GatewayChild } from '../children/gateway-child.ts';
import { httpRoute } from '../children/http-route.ts';
import { type HostnameConflicts, hostnameConflicts } from './hostname-conflicts.ts';
import { HOSTNAMES_FIELD } from './hostnames.ts';
import type { ObservedRoute } from './observed-route.ts';

/** A gateway that asks for no route, one that cannot have it, or one with a route. */
export type RoutePlan =
  | { readonly outcome: 'unasked' }
  | {
      readonly outcome: 'none';
      readonly reason: Extract<
        keyof typeof GATEWAY_REASONS.RouteAccepted,
        'GatewayDisabled' | 'InvalidHostname' | 'NameConflict'
      >;
      readonly message: string;
    }
  | PlannedRoute;

export interface PlannedRoute {
  readonly outcome: 'route';
  readonly route: HttpRoute;
  readonly hostnames: readonly string[];
  readonly conflicts: HostnameConflicts;
  /** Why the route has no timeout, if it has none. */
  readonly withoutTimeout: { readonly message: string; readonly isProblem: boolean } | undefined;
}

/** What a gateway's route is made from. */
export interface RouteInput {
  readonly child: GatewayChild;
  /** Undefined if the gateway asks for no route. */
  readonly hostnames: readonly string[] | undefined;
  /** KrakenD's timeout, such as `360s`. */
  readonly timeout: string;
}

/**
 * No timeout. KrakenD itself ends each call at `spec.timeout`. A clock of the same length at the Gateway would race with it, and it would
 * also count the time in which a caller reads the answer.
 */
const NO_TIMEOUT = '0s';

/** Decides about the route of a gateway. It does not depend on agents, so it waits for no rollout. */
export function routePlan(input: RouteInput, observed: ObservedRoute, gatewayApi: GatewayApiSettings): RoutePlan {
  const { child, hostnames } = input;
  if (hostnames === undefined) {
    return { outcome: 'unasked' };
  }
  if (!gatewayApi.enabled) {
    return { outcome: 'none', reason: 'GatewayDisabled', message: DISABLED };
  }
  if (hostnames.length === 0) {
    return {
      outcome: 'none',
      reason: 'InvalidHostname',
      message: `there is no HTTPRoute, because ${HOSTNAMES_FIELD} has no valid host name`,
    };
  }
  if (observed.nameConflict !== undefined) {
    return { outcome: 'none', reason: 'NameConflict', message: observed.nameConflict };
  }
  const support = timeoutSupport(gatewayApi, observed.gatewayClass);
  const request = support.outcome === 'written' ? NO_TIMEOUT : undefined;
  return {
    outcome: 'route',
    route: httpRoute(child, gatewayApi, { hostnames, request }),
    hostnames,
    conflicts: hostnameConflicts(hostnames, competing(observed, gatewayApi)),
    withoutTimeout:
      support.outcome === 'written'
        ? undefined
        : {
            message: `${OWN_DEFAULT}, because ${support.why}; KrakenD would wait ${input.timeout}`,
            isProblem: support.outcome === 'unsupported',
          },
  };
}

/** A route that the Gateway refuses gets no calls, so whoever may not attach routes there takes none away. */
function competing(
  { own, others }: ObservedRoute,
  { gateway }: EnabledGatewayApi,
): Pick<ObservedRoute, 'own' | 'others'> {
  return { own, others: others.filter((other) => routeAccepted(other, gateway).status !== 'False') };
}

const DISABLED = `${HOSTNAMES_FIELD} has no effect, because GATEWAY_API_ENABLED is false; set it with GATEWAY_NAME and GATEWAY_NAMESPACE, or in the chart gatewayAPI.enabled with gatewayAPI.gatewayName; an HTTPRoute of an earlier time stays until you delete it`;
