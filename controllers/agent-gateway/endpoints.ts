import type { DesiredObject } from '../contract.ts';
import {
  type Acceptance,
  type Cause,
  type Endpoint,
  fieldOf,
  namesOf,
  type Reachable,
  type Unreachable,
} from '../endpoint.ts';
import { routeAccepted } from '../gateway-api/route-accepted.ts';
import { ANY_HOSTNAME } from '../kubernetes/values/hostname.ts';
import { Type, Value } from '../typebox.ts';
import { agentNamed } from './agents/exposed-agents.ts';
import type { Desired } from './desired.ts';
import type { Observed } from './observed.ts';
import { HOSTNAMES_FIELD } from './route/hostnames.ts';
import { closedAgents, type GatewayRoute, routesIn, type Served, servedBy } from './served.ts';
import { whyNotServed } from './why-not-served.ts';

/** The paths at the Service of the gateway, the same paths at each host name of its route, and the agents that it does not serve. */
export function endpoints(observed: Observed, desired: Desired): readonly Endpoint[] {
  const gateway = namesOf(observed.gateway);
  const children: readonly DesiredObject[] = desired.outcome === 'none' ? [] : desired.children;
  const served = servedBy(observed, children);
  if (served === undefined) {
    return [{ outcome: 'unreachable', resource: gateway, gateway, ...whyNotServed(observed, desired) }];
  }
  const inside = servedEndpoints(observed, served);
  const host = fieldOf(observed.gateway, HOSTNAMES_FIELD);
  const outside = routesIn(children).flatMap((route) => {
    const acceptedAt = acceptanceOf(observed, desired, route);
    return inside.flatMap((endpoint) =>
      atGateway({ ...endpoint, because: { ...endpoint.because, host } }, route, acceptedAt),
    );
  });
  return [...inside, ...outside, ...notServed(observed, desired)];
}

function servedEndpoints(observed: Observed, served: Served): readonly Reachable[] {
  const gateway = namesOf(observed.gateway);
  const common = {
    outcome: 'reachable',
    gateway,
    host: `${gateway.name}.${gateway.namespace}.svc`,
    timeout: served.timeout,
    accepted: undefined,
    isPrefix: false,
  } as const;
  const causes = {
    host: fieldOf(observed.gateway, 'metadata.name'),
    timeout: fieldOf(observed.gateway, 'spec.timeout'),
    exposed: fieldOf(observed.gateway, 'spec.agentGatewayClassName'),
  };
  const rulesOf = new Map(observed.agents.map(({ id, access }) => [id, access.rules]));
  const plugin = {
    ...{ ...common, resource: gateway, backend: 'plugin openai-a2a', demand: served.demand },
    because: { ...causes, access: byRules([observed.access.rule]) },
  };
  return [
    ...served.endpoints.map(({ path, method, id, demand, backend }) => {
      const resource = agentNamed(id);
      const exposed: Cause = { by: 'field', of: resource, field: 'spec.exposed' };
      return {
        ...{ ...common, resource, path, method: methodOf(method), demand, backend },
        because: { ...causes, exposed, access: byRules(rulesOf.get(id) ?? []) },
      };
    }),
    { ...plugin, path: '/models', method: 'GET' },
    { ...plugin, path: '/chat/completions', method: 'POST' },
  ];
}

function byRules(rules: readonly string[]): Cause {
  return { by: 'rule', rules };
}

function methodOf(method: string): Reachable['method'] {
  return method === 'GET' || method === 'POST' ? method : 'any';
}

/** The Gateway of the Gateway API sends every path of its host names to the AgentGateway. */
function atGateway(
  endpoint: Reachable,
  { apiVersion, spec }: GatewayRoute,
  acceptedAt: AcceptedAt,
): readonly Reachable[] {
  const { parentRefs, hostnames = [ANY_HOSTNAME] } = spec;
  return parentRefs.flatMap(({ namespace, name }) =>
    hostnames.map((host) => ({
      ...endpoint,
      gateway: { apiVersion, kind: 'Gateway', namespace, name },
      host: host === ANY_HOSTNAME ? undefined : host,
      accepted: acceptedAt(host),
    })),
  );
}

const Status = Type.Object({ conditions: Type.Array(Type.Unknown()) });
const RouteAccepted = Type.Object({
  type: Type.Literal('RouteAccepted'),
  status: Type.Union([Type.Literal('True'), Type.Literal('False'), Type.Literal('Unknown')]),
  reason: Type.String(),
  message: Type.String(),
});

type AcceptedAt = (hostname: string) => Acceptance | undefined;

/** The condition is about the whole route. If calls to one of its host names go to another gateway, it says nothing of the others. */
function acceptanceOf({ routes }: Observed, desired: Desired, { spec }: GatewayRoute): AcceptedAt {
  const lost = new Set(desired.outcome === 'desired' ? desired.lostHostnames : []);
  const [gateway] = spec.parentRefs;
  const condition = acceptanceIn(desired);
  return (hostname) =>
    lost.size === 0 || lost.has(hostname) || gateway === undefined ? condition : routeAccepted(routes.own, gateway);
}

/** The condition about the route, which also says which host names another gateway has. */
function acceptanceIn({ status }: Desired): Acceptance | undefined {
  const conditions = Value.Check(Status, status) ? status.conditions : [];
  return conditions.find((condition) => Value.Check(RouteAccepted, condition));
}

function notServed(observed: Observed, desired: Desired): readonly Unreachable[] {
  const left = desired.outcome === 'desired' ? desired.leftOut : [];
  const unreachable = { outcome: 'unreachable', gateway: namesOf(observed.gateway) } as const;
  return [
    ...left.map(({ id, why, because }) => ({
      ...{ ...unreachable, resource: agentNamed(id), reason: 'AgentLeftOut', message: why, because },
    })),
    ...closedAgents(observed, desired).map(({ id, access }) => ({
      ...unreachable,
      resource: agentNamed(id),
      reason: access.outcome === 'denied' ? 'AccessDenied' : 'AccessWithheld',
      message: access.why,
      because: byRules(access.rules),
    })),
  ];
}
