import type { DesiredObject } from '../contract.ts';
import { type Endpoint, namesOf, type ObjectName, type Reachable, type Unreachable } from '../endpoint.ts';
import { ANY_HOSTNAME } from '../kubernetes/values/hostname.ts';
import { agentReading } from '../resources/agentic-layer/agent.ts';
import type { Desired } from './desired.ts';
import type { Observed } from './observed.ts';
import { closedAgents, type GatewayRoute, routesIn, type Served, servedBy, whyNotServed } from './served.ts';

/** The paths at the Service of the gateway, the same paths at each host name of its route, and the agents that it does not serve. */
export function endpoints(observed: Observed, desired: Desired): readonly Endpoint[] {
  const gateway = namesOf(observed.gateway);
  const children: readonly DesiredObject[] = desired.outcome === 'none' ? [] : desired.children;
  const served = servedBy(observed, children);
  if (served === undefined) {
    return [{ outcome: 'unreachable', resource: gateway, gateway, reason: whyNotServed(desired), message: undefined }];
  }
  const inside = servedEndpoints(served, gateway);
  const outside = routesIn(children).flatMap((route) => inside.flatMap((endpoint) => atGateway(endpoint, route)));
  return [...inside, ...outside, ...notServed(observed, desired, gateway)];
}

function servedEndpoints(served: Served, gateway: ObjectName): readonly Reachable[] {
  const { namespace, name } = gateway;
  const common = {
    outcome: 'reachable',
    gateway,
    host: `${name}.${namespace}.svc`,
    timeout: served.timeout,
  } as const;
  const plugin = { ...common, resource: gateway, backend: 'plugin openai-a2a' };
  return [
    ...served.endpoints.map(({ path, method, id, demand, backend }) => ({
      ...{ ...common, resource: agentNamed(id), path, method: methodOf(method), demand, backend },
    })),
    { ...plugin, path: '/models', method: 'GET', demand: served.demand },
    { ...plugin, path: '/chat/completions', method: 'POST', demand: served.demand },
  ];
}

function methodOf(method: string): Reachable['method'] {
  return method === 'GET' || method === 'POST' ? method : 'any';
}

function agentNamed(id: string): ObjectName {
  const slash = id.indexOf('/');
  const { apiVersion, kind } = agentReading;
  return { apiVersion, kind, namespace: id.slice(0, slash), name: id.slice(slash + 1) };
}

/** The Gateway of the Gateway API sends every path of its host names to the AgentGateway. */
function atGateway(endpoint: Reachable, { apiVersion, spec }: GatewayRoute): readonly Reachable[] {
  const { parentRefs, hostnames = [ANY_HOSTNAME] } = spec;
  return parentRefs.flatMap(({ namespace, name }) =>
    hostnames.map((host) => ({
      ...endpoint,
      gateway: { apiVersion, kind: 'Gateway', namespace, name },
      host: host === ANY_HOSTNAME ? undefined : host,
    })),
  );
}

function notServed(observed: Observed, desired: Desired, gateway: ObjectName): readonly Unreachable[] {
  const left = desired.outcome === 'desired' ? desired.leftOut : [];
  const unreachable = { outcome: 'unreachable', gateway } as const;
  return [
    ...left.map(({ id, why }) => ({
      ...{ ...unreachable, resource: agentNamed(id), reason: 'AgentLeftOut', message: why },
    })),
    ...closedAgents(observed, desired).map(({ id, access }) => ({
      ...unreachable,
      resource: agentNamed(id),
      reason: access.outcome === 'denied' ? 'AccessDenied' : 'AccessWithheld',
      message: access.why,
    })),
  ];
}
