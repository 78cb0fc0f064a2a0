import { quote } from '../data/quote.ts';
import type { HttpRoute } from '../kubernetes/kinds/http-route.ts';
import { whyNoServiceName } from '../kubernetes/values/names.ts';
import type { Problem } from '../problem.ts';
import type { Settings } from '../settings.ts';
import { type EnabledGatewayApi, httpRoute } from './http-route.ts';
import type { Observed } from './observed.ts';
import { timeout } from './timeout.ts';

type NoRouteReason = 'Deleting' | 'GatewayDisabled' | 'NotExposed' | 'InvalidName';

interface DesiredRoute {
  readonly outcome: 'desired';
  readonly route: HttpRoute;
  readonly problems: readonly Problem[];
}

interface NoRoute {
  readonly outcome: 'none';
  readonly reason: NoRouteReason;
  readonly problems: readonly Problem[];
}

export type Desired = DesiredRoute | NoRoute;

/** Whether a KAOS resource gets a route, and which. The first reason against it counts. */
export function desire(observed: Observed, { gatewayApi }: Settings): Desired {
  return gatewayApi.enabled
    ? (whyNoRoute(observed) ?? routed(observed, gatewayApi))
    : noRoute(observed, 'GatewayDisabled');
}

/** The reasons against a route that lie in the resource, in their order. */
function whyNoRoute(observed: Observed): NoRoute | undefined {
  const { deleting, exposed } = observed;
  const badName = invalidName(observed);
  const checks = [
    deleting && noRoute(observed, 'Deleting'),
    !exposed && noRoute(observed, 'NotExposed'),
    badName !== undefined && noRoute(observed, 'InvalidName', badName),
  ];
  return checks.find((check) => check !== false);
}

function routed(observed: Observed, gatewayApi: EnabledGatewayApi): DesiredRoute {
  const used = timeout(observed, gatewayApi.defaultTimeouts);
  const problems = [...observed.problems, ...(used.problem ? [used.problem] : [])];
  return { outcome: 'desired', route: httpRoute(observed, gatewayApi, used), problems };
}

function noRoute({ problems }: Observed, reason: NoRouteReason, problem?: Problem): NoRoute {
  return { outcome: 'none', reason, problems: problem ? [...problems, problem] : problems };
}

/** Without its Service a route would lead nowhere. KAOS leaves such a resource half made (its defect D17). */
function invalidName({ about, naming }: Observed): Problem | undefined {
  const why = whyNoServiceName(naming.serviceName);
  return why === undefined
    ? undefined
    : { reason: 'InvalidName', about, message: `metadata.name: its Service ${quote(naming.serviceName)} ${why}` };
}
