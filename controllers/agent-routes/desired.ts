import { fieldOf, settingNamed } from '../endpoint.ts';
import type { EnabledGatewayApi } from '../gateway-api/enabled.ts';
import type { OneRoute } from '../gateway-api/one-route.ts';
import { timeoutSupport } from '../gateway-api/timeout-support.ts';
import { noRoute, withAccess } from '../policies/guarded-route.ts';
import { routeAccess } from '../policies/route-access.ts';
import type { Problem } from '../problem.ts';
import { whyInPart } from '../resources/agentic-layer/address-of-agent.ts';
import { type DirectService, directService } from '../resources/agentic-layer/direct-service.ts';
import { isSelectedAgent } from '../resources/agentic-layer/selected-agents.ts';
import type { AgentRoutesSettings, Settings } from '../settings.ts';
import { httpRoute, routeLabels, routeName } from './http-route.ts';
import type { Observed } from './observed.ts';

type EnabledAgentRoutes = Extract<AgentRoutesSettings, { enabled: true }>;

/** The HTTPRoute of an Agent and its policies, or the first reason why it gets none. */
export function desire(observed: Observed, settings: Settings): OneRoute {
  const { deleting, exposed, resource } = observed;
  const { gatewayApi, agentRoutes, agentGateway } = settings;
  if (!gatewayApi.enabled || !agentRoutes.enabled) {
    return noRoute(observed, 'AgentRoutesDisabled', settingNamed('AGENT_ROUTES_ENABLED'));
  }
  if (deleting) {
    return noRoute(observed, 'Deleting', fieldOf(resource, 'metadata.deletionTimestamp'));
  }
  if (!exposed) {
    return noRoute(observed, 'NotExposed', fieldOf(resource, 'spec.exposed'));
  }
  if (!isSelectedAgent(resource, agentGateway.agentSelector)) {
    return noRoute(observed, 'NotSelected', settingNamed('AGENT_GATEWAY_AGENT_SELECTOR'));
  }
  const direct = directService(observed, agentRoutes.clusterDomain);
  return direct.outcome === 'refused'
    ? noRoute(
        { ...observed, problems: [...observed.problems, noDirectRoute(observed, direct.why)] },
        'NoDirectRoute',
        fieldOf(resource, observed.reading.outcome === 'refused' ? observed.reading.field : 'status.url'),
      )
    : desiredRoute({ ...observed, service: direct.service }, { gatewayApi, agentRoutes }, settings);
}

interface Enabled {
  readonly gatewayApi: EnabledGatewayApi;
  readonly agentRoutes: EnabledAgentRoutes;
}

function desiredRoute(
  agent: Observed & { readonly service: DirectService },
  { gatewayApi, agentRoutes }: Enabled,
  settings: Settings,
): OneRoute {
  const { about, resource, namespace, name, children } = agent;
  const target = { routeName: routeName(name), namespace, labels: routeLabels(name) };
  const observed = children.guards;
  // No hook asks for the class of the Gateway: each change of a class would make Metacontroller test all Agents.
  const access = routeAccess(
    { about, resource, target, isFromEnforced: false, gatewayClass: undefined, observed },
    settings,
  );
  const problems = [...agent.problems, ...partNotSent(agent)];
  const because = {
    exposed: fieldOf(resource, 'spec.exposed'),
    host: settingNamed('AGENT_ROUTES_HOSTNAMES'),
    timeout: settingNamed(
      timeoutSupport(gatewayApi, undefined).outcome === 'written' ? 'AGENT_ROUTES_TIMEOUT' : 'GATEWAY_TIMEOUTS',
    ),
  };
  return withAccess(access, { about, children, problems, because }, () => httpRoute(agent, gatewayApi, agentRoutes));
}

function partNotSent({ about, notSent }: Observed): readonly Problem[] {
  return notSent.length === 0 ? [] : [{ reason: 'PartNotSent', about, message: whyInPart(notSent) }];
}

/** A gateway that serves the agent may do so all the same, but it cannot stream. */
function noDirectRoute({ about, reading }: Observed, why: string): Problem {
  const instead = reading.outcome === 'address' ? ', and calls through an AgentGateway do not stream' : '';
  return { reason: 'NoDirectRoute', about, message: `${why}; so no route leads straight to it${instead}` };
}
