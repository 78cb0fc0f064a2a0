import { quote } from '../data/quote.ts';
import { isGatewayDuration } from '../kubernetes/values/gateway-duration.ts';
import type { Problem } from '../problem.ts';
import type { DefaultTimeouts } from '../settings.ts';
import type { Observed } from './observed.ts';

export interface Timeout {
  /** A Gateway API duration. `0s` is kept as it is: left out, the implementation's own default would cut the call. */
  readonly request: string;
  readonly problem: Problem | undefined;
}

/** The resource's own timeout, or its type's default where it has none or one that Gateway API refuses. */
export function timeout(observed: Observed, defaults: DefaultTimeouts): Timeout {
  const fallback = defaults[observed.naming.timeoutType];
  const requested = observed.requestedTimeout;
  return requested === undefined || isGatewayDuration(requested)
    ? { request: requested ?? fallback, problem: undefined }
    : { request: fallback, problem: invalidTimeout(observed.about, requested, fallback) };
}

function invalidTimeout(about: string, requested: string, fallback: string): Problem {
  const allowed = 'Gateway API allows up to four parts of one to five digits and h, m, s or ms';
  return {
    reason: 'InvalidTimeout',
    about,
    message: `spec.gatewayRoute.timeout: ${quote(requested)} is refused, ${fallback} is used; ${allowed}`,
  };
}
