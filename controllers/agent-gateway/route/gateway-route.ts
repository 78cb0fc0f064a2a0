import type { HttpRoute } from '../../kubernetes/kinds/http-route.ts';
import type { ReportedCondition } from '../../kubernetes/objects/conditions.ts';
import type { Problem } from '../../problem.ts';
import type { AgentGateway } from '../../resources/agentic-layer/agent-gateway.ts';
import type { GatewayApiSettings } from '../../settings.ts';
import { readHostnames } from './hostnames.ts';
import type { ObservedRoute } from './observed-route.ts';
import { lossesOf, routeCondition } from './route-condition.ts';
import { type RouteInput, type RoutePlan, routePlan } from './route-plan.ts';

/** A gateway, and what was observed for its route. */
interface Observed {
  readonly gateway: AgentGateway;
  /** `AgentGateway namespace/name`, for messages. */
  readonly about: string;
  readonly routes: ObservedRoute;
}

/** The route of a gateway and what is told about it. Everything is empty for a gateway that asks for none. */
interface GatewayRoute {
  readonly route: HttpRoute | undefined;
  /** Those of the route; empty if there is none. */
  readonly hostnames: readonly string[];
  /** Those of them whose calls go to another gateway. */
  readonly lostHostnames: readonly string[];
  readonly complaints: readonly { readonly reason: 'InvalidHostname'; readonly message: string }[];
  readonly conditions: readonly ReportedCondition[];
  readonly problems: readonly Problem[];
}

/** Reads the host names, decides about the route, and tells what the gateway asks for and does not get. */
export function gatewayRoute(
  { gateway, about, routes }: Observed,
  input: Omit<RouteInput, 'hostnames'>,
  gatewayApi: GatewayApiSettings,
): GatewayRoute {
  const { complaints, ...read } = readHostnames(gateway);
  const plan = routePlan({ ...input, ...read }, routes, gatewayApi);
  return {
    route: plan.outcome === 'route' ? plan.route : undefined,
    hostnames: plan.outcome === 'route' ? plan.hostnames : [],
    lostHostnames: plan.outcome === 'route' ? plan.conflicts.lost.flatMap(({ hostnames }) => hostnames) : [],
    complaints: complaints.map((message) => ({ reason: 'InvalidHostname', message })),
    conditions: routeCondition(plan, routes),
    problems: problemsOf(plan, about),
  };
}

function problemsOf(plan: RoutePlan, about: string): readonly Problem[] {
  switch (plan.outcome) {
    case 'unasked':
      return [];
    case 'none':
      return [{ reason: 'GatewayProblem', about, message: plan.message }];
    case 'route':
      return [
        ...lossesOf(plan).map((message): Problem => ({ reason: 'GatewayProblem', about, message })),
        ...(plan.withoutTimeout?.isProblem ? [timeoutProblem(plan.withoutTimeout.message, about)] : []),
      ];
  }
}

function timeoutProblem(message: string, about: string): Problem {
  return { reason: 'TimeoutNotSupported', about, message };
}
