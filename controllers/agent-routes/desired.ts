import type { EnabledGatewayApi } from '../gateway-api/enabled.ts';
import type { OneRoute } from '../gateway-api/one-route.ts';
import type { Problem } from '../problem.ts';
import { whyInPart } from '../resources/agentic-layer/address-of-agent.ts';
import { directService } from '../resources/agentic-layer/direct-service.ts';
import type { AgentRoutesSettings, Settings } from '../settings.ts';
import { httpRoute } from './http-route.ts';
import type { Observed } from './observed.ts';

type EnabledAgentRoutes = Extract<AgentRoutesSettings, { enabled: true }>;

/** The HTTPRoute of an Agent, or the first reason why it gets none. */
export function desire(observed: Observed, { gatewayApi, agentRoutes }: Settings): OneRoute {
  const { problems, deleting, exposed } = observed;
  if (!gatewayApi.enabled || !agentRoutes.enabled) {
    return { outcome: 'none', reason: 'AgentRoutesDisabled', problems };
  }
  if (deleting || !exposed) {
    return { outcome: 'none', reason: deleting ? 'Deleting' : 'NotExposed', problems };
  }
  return desiredRoute(observed, gatewayApi, agentRoutes);
}

function desiredRoute(
  observed: Observed,
  gatewayApi: EnabledGatewayApi,
  { clusterDomain, ...choices }: EnabledAgentRoutes,
): OneRoute {
  const direct = directService(observed, clusterDomain);
  const problems = [...observed.problems];
  if (direct.outcome === 'refused') {
    problems.push(noDirectRoute(observed, direct.why));
    return { outcome: 'none', reason: 'NoDirectRoute', problems };
  }
  if (observed.notSent.length > 0) {
    problems.push({ reason: 'PartNotSent', about: observed.about, message: whyInPart(observed.notSent) });
  }
  return {
    outcome: 'desired',
    route: httpRoute({ ...observed, service: direct.service }, gatewayApi, choices),
    problems,
  };
}

/** A gateway that serves the agent may do so all the same, but it cannot stream. */
function noDirectRoute({ about, reading }: Observed, why: string): Problem {
  const instead = reading.outcome === 'address' ? ', and calls through an AgentGateway do not stream' : '';
  return { reason: 'NoDirectRoute', about, message: `${why}; so no route leads straight to it${instead}` };
}
