import { demandText } from '../access/access-of.ts';
import type { DesiredObject } from '../contract.ts';
import { ANY_HOSTNAME } from '../kubernetes/values/hostname.ts';
import type { Desired } from './desired.ts';
import type { Observed } from './observed.ts';
import { closedAgents, type GatewayRoute, routesIn, type Served, servedBy } from './served.ts';
import { wordNotServed } from './why-not-served.ts';

export const columns = ['GATEWAY', 'ENDPOINT', 'METHOD', 'AGENT', 'ACCESS', 'BACKEND'] as const;

/** Each endpoint of the answered configuration with its agent and backend, then the addresses at the Gateway, and the agents that are left out. */
export function rows(observed: Observed, desired: Desired): readonly (readonly string[])[] {
  const { gateway } = observed;
  const name = `${gateway.metadata.namespace}/${gateway.metadata.name}`;
  const children: readonly DesiredObject[] = desired.outcome === 'none' ? [] : desired.children;
  const served = servedBy(observed, children);
  const left = desired.outcome === 'desired' ? desired.leftOut : [];
  return [
    ...(served === undefined ? [[name, `none (${wordNotServed(desired)})`, '', '', '', '']] : []),
    ...(served === undefined ? [] : endpointRows(served)).map((row) => [name, ...row]),
    ...routesIn(children).flatMap((route) => addressRows(name, route)),
    ...left.map(({ id, why }) => [name, 'none', '', id, '', why]),
    ...closedAgents(observed, desired).map(({ id, access }) => [name, 'none', '', id, access.outcome, access.why]),
  ];
}

/** One row for each host name: calls to all its paths go to the gateway. */
function addressRows(gateway: string, { spec }: GatewayRoute): readonly (readonly string[])[] {
  const [{ backendRefs }] = spec.rules;
  const [{ name, port }] = backendRefs;
  return (spec.hostnames ?? [ANY_HOSTNAME]).map((hostname) => [
    gateway,
    `${hostname}/`,
    'any',
    'all',
    'by agent',
    `${name}:${port}`,
  ]);
}

function endpointRows({ endpoints, demand, whose }: Served): readonly (readonly string[])[] {
  return [
    ...endpoints.map(({ path, method, id, demand: own, backend }) => [path, method, id, demandText(own), backend]),
    ['/models', 'GET', whose, demandText(demand), 'plugin openai-a2a'],
    ['/chat/completions', 'POST', 'by model', 'by model', 'plugin openai-a2a'],
  ];
}
