import type { RelatedRule } from '../contract.ts';
import { quote } from '../data/quote.ts';
import { byNames } from '../engine/related-rule.ts';
import { type GatewayClass, gatewayClassReading, supports } from '../kubernetes/kinds/gateway-class.ts';
import type { Settings } from '../settings.ts';
import type { EnabledGatewayApi } from './enabled.ts';

/** The feature of Gateway API without which an implementation ignores a route's timeout, or refuses the route. */
const FEATURE = 'HTTPRouteRequestTimeout';

/** What becomes of a timeout that is not written, for messages. */
export const OWN_DEFAULT = "the route has no timeout, and the gateway's own default applies";

/** Whether routes have timeouts. If not, either the Gateway's class does not support them or the settings forbid them. */
export type TimeoutSupport =
  | { readonly outcome: 'written' }
  | { readonly outcome: 'unsupported' | 'forbidden'; readonly why: string };

/** Whether routes have timeouts, by the settings and by the class of the Gateway, if it is known. */
export function timeoutSupport(gatewayApi: EnabledGatewayApi, gatewayClass: GatewayClass | undefined): TimeoutSupport {
  switch (gatewayApi.timeouts) {
    case 'always':
      return { outcome: 'written' };
    case 'supported':
      return supports(gatewayClass, FEATURE) === false
        ? { outcome: 'unsupported', why: unsupported(gatewayApi) }
        : { outcome: 'written' };
    case 'never':
      return { outcome: 'forbidden', why: 'GATEWAY_TIMEOUTS is never' };
  }
}

function unsupported({ gatewayClassName }: EnabledGatewayApi): string {
  return `the GatewayClass ${quote(gatewayClassName ?? '')} does not list ${FEATURE} in status.supportedFeatures`;
}

/**
 * Asks for the class of the Gateway if timeouts or the filter CORS depend on it. Never for the Gateway itself: its status changes with
 * every route, and each change of a related object makes Metacontroller test the rules of all parents.
 */
export function gatewayClassRules({ gatewayApi, access }: Settings): readonly RelatedRule[] {
  if (!gatewayApi.enabled || gatewayApi.gatewayClassName === undefined) {
    return [];
  }
  const hasCors = access.rules.cors !== undefined && gatewayApi.cors === 'supported';
  return gatewayApi.timeouts === 'supported' || hasCors
    ? byNames(gatewayClassReading, undefined, [gatewayApi.gatewayClassName])
    : [];
}
