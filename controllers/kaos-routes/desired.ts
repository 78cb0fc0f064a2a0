import { quote } from '../data/quote.ts';
import type { HttpRoute } from '../kubernetes/kinds/http-route.ts';
import { whyNoServiceName } from '../kubernetes/values/names.ts';
import type { Problem } from '../problem.ts';
import type { Settings } from '../settings.ts';
import { httpRoute } from './http-route.ts';
import type { Observed } from './observed.ts';
import { timeout } from './timeout.ts';

type NoRouteReason = 'Deleting' | 'GatewayDisabled' | 'NotExposed' | 'InvalidName';

export type Desired =
  | { readonly outcome: 'route'; readonly route: HttpRoute; readonly problems: readonly Problem[] }
  | { readonly outcome: 'no-route'; readonly reason: NoRouteReason; readonly problems: readonly Problem[] };

/** Whether a KAOS resource gets a route, and which. */
export function desire(observed: Observed, settings: Settings): Desired {
  const { gatewayApi } = settings;
  if (!gatewayApi.enabled) {
    return noRoute('GatewayDisabled', observed.problems);
  }
  if (observed.deleting) {
    return noRoute('Deleting', observed.problems);
  }
  if (!observed.exposed) {
    return noRoute('NotExposed', observed.problems);
  }
  const nameProblem = invalidName(observed);
  if (nameProblem) {
    return noRoute('InvalidName', [...observed.problems, nameProblem]);
  }
  const { request, problem } = timeout(observed, gatewayApi.defaultTimeouts);
  const problems = problem ? [...observed.problems, problem] : observed.problems;
  return { outcome: 'route', route: httpRoute(observed, gatewayApi, { request, problem }), problems };
}

function noRoute(reason: NoRouteReason, problems: readonly Problem[]): Desired {
  return { outcome: 'no-route', reason, problems };
}

/** Without its Service a route would lead nowhere; KAOS leaves such a resource half made (its defect D17). */
function invalidName({ about, naming }: Observed): Problem | undefined {
  const why = whyNoServiceName(naming.serviceName);
  return why === undefined
    ? undefined
    : { reason: 'InvalidName', about, message: `metadata.name: its Service ${quote(naming.serviceName)} ${why}` };
}
