import { OWN_LABELS } from '../engine/own-labels.ts';
import type { EnabledGatewayApi } from '../gateway-api/enabled.ts';
import { attachment, serviceBackend } from '../gateway-api/route-parts.ts';
import { timeoutSupport } from '../gateway-api/timeout-support.ts';
import type { HttpRoute, HttpRouteRule } from '../kubernetes/kinds/http-route.ts';
import type { DirectService } from '../resources/agentic-layer/direct-service.ts';

/** An Agent, and the Service behind it. */
interface RoutedAgent {
  readonly namespace: string;
  readonly name: string;
  readonly service: DirectService;
}

interface RouteChoices {
  readonly hostnames: readonly string[];
  /** A Gateway API duration. */
  readonly timeout: string;
}

/**
 * A name of KAOS's routes begins with the kind and a hyphen, so none begins like this one, also if an Agent of KAOS has the same name in
 * the same namespace.
 */
export function routeName(agent: string): string {
  return `a2a.${agent}`;
}

export function routeLabels(agent: string): HttpRoute['metadata']['labels'] {
  return { [OWN_LABELS.component]: 'agent-route', [OWN_LABELS.agent]: agent };
}

/** The route of one Agent, with every field that the API server would default. */
export function httpRoute(agent: RoutedAgent, gatewayApi: EnabledGatewayApi, choices: RouteChoices): HttpRoute {
  const { namespace, name } = agent;
  return {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    metadata: {
      name: routeName(name),
      namespace,
      labels: routeLabels(name),
    },
    spec: { ...attachment(gatewayApi, choices.hostnames), rules: [rule(agent, gatewayApi, choices)] },
  };
}

/** Calls alone: an exact match wins over every prefix, and cards are no POST, so all else stays with the AgentGateway. */
function rule(
  { namespace, name, service }: RoutedAgent,
  gatewayApi: EnabledGatewayApi,
  { timeout }: RouteChoices,
): HttpRouteRule {
  // No hook asks for the class of the Gateway: each change of a class would make Metacontroller test all Agents.
  const support = timeoutSupport(gatewayApi, undefined);
  return {
    matches: [{ path: { type: 'Exact', value: `/${namespace}/${name}` }, method: 'POST' }],
    filters: [{ type: 'URLRewrite', urlRewrite: { path: { type: 'ReplaceFullPath', replaceFullPath: service.path } } }],
    backendRefs: [serviceBackend(service)],
    ...(support.outcome === 'written' && { timeouts: { request: timeout } }),
  };
}
