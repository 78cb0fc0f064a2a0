import { quote } from '../data/quote.ts';
import type { EnabledGatewayApi } from '../gateway-api/enabled.ts';
import { OWN_DEFAULT, timeoutSupport } from '../gateway-api/timeout-support.ts';
import { isGatewayDuration } from '../kubernetes/values/gateway-duration.ts';
import type { Problem } from '../problem.ts';
import type { Observed } from './observed.ts';

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
  const support = timeoutSupport(gatewayApi, observed.gatewayClass);
  switch (support.outcome) {
    case 'written':
      return written(observed, gatewayApi);
    case 'unsupported':
      return { request: undefined, problem: unsupported(observed, gatewayApi, support.why) };
    case 'forbidden':
      return { request: undefined, problem: unused(observed, support.why) };
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

function unsupported(
  { about, naming, requestedTimeout }: Observed,
  gatewayApi: EnabledGatewayApi,
  why: string,
): Problem {
  const asked =
    requestedTimeout === undefined
      ? `the default timeout ${gatewayApi.defaultTimeouts[naming.timeoutType]}`
      : `spec.gatewayRoute.timeout: ${quote(requestedTimeout)}`;
  const todo = 'use another gateway, or set GATEWAY_TIMEOUTS to never or always';
  return {
    reason: 'TimeoutNotSupported',
    about,
    message: `${asked} is not used, because ${why}; ${OWN_DEFAULT}; ${todo}`,
  };
}

/** Who asks for no timeout misses nothing. */
function unused({ about, requestedTimeout }: Observed, why: string): Problem | undefined {
  return requestedTimeout === undefined
    ? undefined
    : {
        reason: 'TimeoutNotSupported',
        about,
        message: `spec.gatewayRoute.timeout: ${quote(requestedTimeout)} is not used, because ${why}; ${OWN_DEFAULT}`,
      };
}
