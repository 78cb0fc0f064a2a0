import { quote } from '../data/quote.ts';
import type { EnabledGatewayApi } from '../gateway-api/enabled.ts';
import type { OneRoute } from '../gateway-api/one-route.ts';
import { whyNoServiceName } from '../kubernetes/values/names.ts';
import type { Problem } from '../problem.ts';
import type { ReleaseReason } from '../release-reasons.ts';
import type { Settings } from '../settings.ts';
import { httpRoute } from './http-route.ts';
import type { Observed } from './observed.ts';
import { timeout } from './timeout.ts';

/** The HTTPRoute of a KAOS resource, or the first reason why it gets none. */
export function desire(observed: Observed, { gatewayApi }: Settings): OneRoute {
  return gatewayApi.enabled
    ? (whyNoRoute(observed) ?? desiredRoute(observed, gatewayApi))
    : noRoute(observed, 'GatewayDisabled');
}

/** The first reason in the resource itself why it gets no route, if any. */
function whyNoRoute(observed: Observed): OneRoute | undefined {
  const { deleting, exposed } = observed;
  const badName = invalidName(observed);
  const checks = [
    deleting && noRoute(observed, 'Deleting'),
    !exposed && noRoute(observed, 'NotExposed'),
    badName !== undefined && noRoute(observed, 'InvalidName', badName),
  ];
  return checks.find((check) => check !== false);
}

function desiredRoute(observed: Observed, gatewayApi: EnabledGatewayApi): OneRoute {
  const used = timeout(observed, gatewayApi);
  const problems = [...observed.problems, ...(used.problem ? [used.problem] : [])];
  return { outcome: 'desired', route: httpRoute(observed, gatewayApi, used), problems };
}

function noRoute({ problems }: Observed, reason: ReleaseReason, problem?: Problem): OneRoute {
  return { outcome: 'none', reason, problems: problem ? [...problems, problem] : problems };
}

/** A resource with an invalid Service name has no Service, so its route would have no backend (defect D17 of KAOS). */
function invalidName({ about, naming }: Observed): Problem | undefined {
  const why = whyNoServiceName(naming.serviceName);
  return why === undefined
    ? undefined
    : { reason: 'InvalidName', about, message: `metadata.name: the Service name ${quote(naming.serviceName)} ${why}` };
}
