import { quote } from '../data/quote.ts';
import { isGatewayDuration } from '../kubernetes/values/gateway-duration.ts';
import type { Problem } from '../problem.ts';
import type { DefaultTimeouts } from '../settings.ts';
import type { Observed } from './observed.ts';

export interface Timeout {
  /** A Gateway API duration. `0s` (no timeout) is written too: without it the gateway's own default would apply. */
  readonly request: string;
  readonly problem: Problem | undefined;
}

/** The timeout that the resource asks for; the default of its type if it asks for none, or for one that is not valid. */
export function timeout(observed: Observed, defaults: DefaultTimeouts): Timeout {
  const fallback = defaults[observed.naming.timeoutType];
  const requested = observed.requestedTimeout;
  return requested === undefined || isGatewayDuration(requested)
    ? { request: requested ?? fallback, problem: undefined }
    : { request: fallback, problem: invalidTimeout(observed.about, requested, fallback) };
}

function invalidTimeout(about: string, requested: string, fallback: string): Problem {
  const expected = 'expected up to four parts of one to five digits and h, m, s or ms, such as 90s or 1m30s';
  return {
    reason: 'InvalidTimeout',
    about,
    message: `spec.gatewayRoute.timeout: ${quote(requested)} is not valid, so ${fallback} is used; ${expected}`,
  };
}
