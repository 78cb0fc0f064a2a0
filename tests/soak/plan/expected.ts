import {
  type A2aAgent,
  type ForeignRoute,
  type Gateway,
  type KaosResource,
  keyOf,
  routeNameOf,
  type World,
} from './world.ts';

/**
 * What must be in the cluster, as facts: a key such as `HTTPRoute red/agent-a` and a value. It is told from the documents, with no
 * function of the service, so that a mistake of the service is not repeated here.
 */
export type Facts = ReadonlyMap<string, string>;

/** Where a KAOS resource is reached: the step of its path, the prefix of its Service, and the timeout if its user sets none. */
const KAOS_ROUTES = {
  Agent: { step: 'agent', service: 'agent', timeout: '120s' },
  ModelAPI: { step: 'modelapi', service: 'modelapi', timeout: '120s' },
  MCPServer: { step: 'mcp', service: 'mcpserver', timeout: '30s' },
} as const;

const VALID_TIMEOUT = /^[1-9][0-9]?s$/;

export function expectedFacts(world: World): Facts {
  const { kaos, agents, gateways, foreign } = world;
  return new Map([
    ...[...kaos.values()].filter((item) => item.exposed && !isTaken(world, item)).map(ofKaosResource),
    ...[...gateways.values()].flatMap((gateway) => ofGateway(gateway, [...agents.values()])),
    ...[...foreign.values()].map(ofForeignRoute),
  ]);
}

/** What would be there if nobody else had its name: it comes as soon as the name is free, before its user has changed it. */
export function maskedFacts(world: World): Facts {
  return new Map([...world.kaos.values()].filter((item) => item.exposed && isTaken(world, item)).map(ofKaosResource));
}

/** Whether somebody else has the name of the route of a resource. */
export function isTaken({ foreign }: World, item: KaosResource): boolean {
  return foreign.has(`${item.namespace}/${routeNameOf(item)}`);
}

type Fact = readonly [string, string];

function ofKaosResource({ kind, namespace, name, timeout }: KaosResource): Fact {
  const { step, service, timeout: byDefault } = KAOS_ROUTES[kind];
  const used = timeout !== undefined && VALID_TIMEOUT.test(timeout) ? timeout : byDefault;
  const route = routeNameOf({ kind, name });
  return [`HTTPRoute ${namespace}/${route}`, `/${namespace}/${step}/${name} to ${service}-${name}:8000 in ${used}`];
}

function ofForeignRoute({ namespace, name, mark }: ForeignRoute): Fact {
  return [`HTTPRoute ${namespace}/${name} of somebody else`, `/${mark} to ${mark}:80 in undefined`];
}

function ofGateway(gateway: Gateway, agents: readonly A2aAgent[]): readonly Fact[] {
  const { namespace, name, replicas, timeoutSeconds } = gateway;
  const id = `${namespace}/${name}`;
  const exposed = agents.filter((agent) => agent.exposed);
  return [
    [`Deployment ${id}`, `${replicas} replicas`],
    [`Service ${id}`, 'is there'],
    [`ConfigMap ${id}-krakend-config`, `in ${timeoutSeconds}s`],
    ...(replicas > 1 ? [[`PodDisruptionBudget ${id}`, 'is there'] as const] : []),
    ...exposed.filter(({ url }) => !url.broken).flatMap((agent) => ofAgent(`${id}-krakend-config`, agent, exposed)),
  ];
}

/** An agent has a path of its own, and a short one if no other exposed agent has its name. */
function ofAgent(config: string, agent: A2aAgent, exposed: readonly A2aAgent[]): readonly Fact[] {
  const id = keyOf(agent);
  const isOnly = exposed.filter(({ name }) => name === agent.name).length === 1;
  return [
    [`model ${id} of ${config}`, agent.url.text],
    [`endpoint /${id} of ${config}`, 'is there'],
    ...(isOnly ? [[`endpoint /${agent.name} of ${config}`, 'is there'] as const] : []),
  ];
}
