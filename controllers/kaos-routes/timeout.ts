import { quote } from '../data/quote.ts';
import { type Cause, fieldOf, settingNamed } from '../endpoint.ts';
import type { EnabledGatewayApi } from '../gateway-api/enabled.ts';
import { OWN_DEFAULT, timeoutSupport } from '../gateway-api/timeout-support.ts';
import { isGatewayDuration } from '../kubernetes/values/gateway-duration.ts';
import type { Problem } from '../problem.ts';
import type { DefaultTimeouts } from '../settings.ts';
import type { Observed } from './observed.ts';

export interface Timeout {
  /**
   * A Gateway API duration. `0s` (no timeout) is written too: without it the gateway's own default would apply. Undefined if the
   * route says nothing about timeouts.
   */
  readonly request: string | undefined;
  readonly because: Cause;
  readonly problem: Problem | undefined;
}

/** The timeout of a resource's route. It is left out if the settings say so, or if the Gateway's class does not support it. */
export function timeout(observed: Observed, gatewayApi: EnabledGatewayApi): Timeout {
  const support = timeoutSupport(gatewayApi, observed.gatewayClass);
  switch (support.outcome) {
    case 'written':
      return written(observed, gatewayApi);
    case 'unsupported':
      return { request: undefined, because: OFF, problem: unsupported(observed, gatewayApi, support.why) };
    case 'forbidden':
      return { request: undefined, because: OFF, problem: unused(observed, support.why) };
  }
}

const OFF = settingNamed('GATEWAY_TIMEOUTS');

const DEFAULT_SETTINGS: Readonly<Record<keyof DefaultTimeouts, string>> = {
  agent: 'GATEWAY_DEFAULT_AGENT_TIMEOUT',
  modelAPI: 'GATEWAY_DEFAULT_MODELAPI_TIMEOUT',
  mcp: 'GATEWAY_DEFAULT_MCP_TIMEOUT',
  memoryStore: 'GATEWAY_DEFAULT_MEMORYSTORE_TIMEOUT',
};

/** The timeout that the resource asks for; the default of its type if it asks for none, or for one that is not valid. */
function written(
  { naming, requestedTimeout, about, resource }: Observed,
  { defaultTimeouts }: EnabledGatewayApi,
): Timeout {
  const byDefault = {
    request: defaultTimeouts[naming.timeoutType],
    because: settingNamed(DEFAULT_SETTINGS[naming.timeoutType]),
    problem: undefined,
  };
  if (requestedTimeout === undefined) {
    return byDefault;
  }
  return isGatewayDuration(requestedTimeout)
    ? { request: requestedTimeout, because: fieldOf(resource, 'spec.gatewayRoute.timeout'), problem: undefined }
    : { ...byDefault, problem: invalidTimeout(about, requestedTimeout, byDefault.request) };
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
