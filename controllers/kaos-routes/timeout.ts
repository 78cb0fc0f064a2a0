import { quote } from '../data/quote.ts';
import { supports } from '../kubernetes/kinds/gateway-class.ts';
import { isGatewayDuration } from '../kubernetes/values/gateway-duration.ts';
import type { Problem } from '../problem.ts';
import type { EnabledGatewayApi } from './http-route.ts';
import type { Observed } from './observed.ts';

/** The feature of Gateway API without which an implementation ignores a route's timeout, or refuses the route. */
const FEATURE = 'HTTPRouteRequestTimeout';

export interface Timeout {
  /**
   * A Gateway API duration. `0s` (no timeout) is written too: without it the gateway's own default would apply. Undefined if the
   * route says nothing about timeouts.
   */
  readonly request: string | undefined;
  readonly problem: Problem | undefined;
}

/** The timeout of a resource's route. It is left out if the settings say so, or if the Gateway's class does not support it. */
export function timeout(observed: Observed, gatewayApi: EnabledGatewayApi): Timeout {
  switch (gatewayApi.timeouts) {
    case 'always':
      return written(observed, gatewayApi);
    case 'supported':
      return supports(observed.gatewayClass, FEATURE) === false
        ? { request: undefined, problem: unsupported(observed, gatewayApi) }
        : written(observed, gatewayApi);
    case 'never':
      return { request: undefined, problem: unused(observed) };
  }
}

/** The timeout that the resource asks for; the default of its type if it asks for none, or for one that is not valid. */
function written({ naming, requestedTimeout, about }: Observed, { defaultTimeouts }: EnabledGatewayApi): Timeout {
  const fallback = defaultTimeouts[naming.timeoutType];
  return requestedTimeout === undefined || isGatewayDuration(requestedTimeout)
    ? { request: requestedTimeout ?? fallback, problem: undefined }
    : { request: fallback, problem: invalidTimeout(about, requestedTimeout, fallback) };
}

function invalidTimeout(about: string, requested: string, fallback: string): Problem {
  const expected = 'expected up to four parts of one to five digits and h, m, s or ms, such as 90s or 1m30s';
  return {
    reason: 'InvalidTimeout',
    about,
    message: `spec.gatewayRoute.timeout: ${quote(requested)} is not valid, so ${fallback} is used; ${expected}`,
  };
}

const OWN_DEFAULT = "the route has no timeout, and the gateway's own default applies";

function unsupported({ about, naming, requestedTimeout }: Observed, gatewayApi: EnabledGatewayApi): Problem {
  const asked =
    requestedTimeout === undefined
      ? `the default timeout ${gatewayApi.defaultTimeouts[naming.timeoutType]}`
      : `spec.gatewayRoute.timeout: ${quote(requestedTimeout)}`;
  const why = `the GatewayClass ${quote(gatewayApi.gatewayClassName ?? '')} does not list ${FEATURE} in status.supportedFeatures`;
  const todo = 'use another gateway, or set GATEWAY_TIMEOUTS to never or always';
  return {
    reason: 'TimeoutNotSupported',
    about,
    message: `${asked} is not used, because ${why}; ${OWN_DEFAULT}; ${todo}`,
  };
}

/** Who asks for no timeout misses nothing. */
function unused({ about, requestedTimeout }: Observed): Problem | undefined {
  return requestedTimeout === undefined
    ? undefined
    : {
        reason: 'TimeoutNotSupported',
        about,
        message: `spec.gatewayRoute.timeout: ${quote(requestedTimeout)} is not used, because GATEWAY_TIMEOUTS is never; ${OWN_DEFAULT}`,
      };
}
