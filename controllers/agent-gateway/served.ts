import type { Demand } from '../access/access-rules.ts';
import type { DesiredObject } from '../contract.ts';
import { configMapReading } from '../kubernetes/kinds/config-map.ts';
import { deploymentReading } from '../kubernetes/kinds/deployment.ts';
import { networkPolicyReading } from '../kubernetes/kinds/network-policy.ts';
import { CARD_PATH } from '../resources/agentic-layer/agent-address.ts';
import { type Static, Type, Value } from '../typebox.ts';
import { type ClosedAccess, isClosed } from './agents/agent-access.ts';
import type { ExposedAgent } from './agents/exposed-agents.ts';
import { filesInUse } from './children/config-files.ts';
import type { Desired } from './desired.ts';
import { demandIn } from './krakend/demand-in.ts';
import { type Guard, isListed } from './krakend/guard.ts';
import { CARD_PATTERN } from './krakend/krakend-config.ts';
import { agentsIn, endpointsIn, type KrakendFiles } from './krakend/krakend-files.ts';
import { timeoutIn } from './krakend/krakend-json.ts';
import type { Observed } from './observed.ts';

/** What the answered pods of a gateway serve. */
export interface Served {
  readonly endpoints: readonly ServedEndpoint[];
  /** What `/models` demands of callers. */
  readonly demand: Demand;
  /** Whose models it has. */
  readonly whose: 'all' | 'without jwt';
  readonly timeout: string | undefined;
}

interface ServedEndpoint {
  readonly path: string;
  readonly method: string;
  /** The agent that answers: `namespace/name`. */
  readonly id: string;
  readonly demand: Demand;
  readonly backend: string;
}

/** Reads back what the answered files say; undefined if the gateway has no pods. */
export function servedBy({ gateway, callers }: Observed, children: readonly DesiredObject[]): Served | undefined {
  const files = filesOf(gateway.metadata.name, children);
  const limitsCallers = children.some(({ kind }) => kind === networkPolicyReading.kind);
  const from = callers && limitsCallers ? { from: { namespaces: [...callers.namespaces] } } : {};
  return files && servedIn(files, from);
}

function servedIn(files: KrakendFiles, from: Pick<Demand, 'from'>): Served {
  const agents = agentsIn(files) ?? [];
  const idOf = idsByPath(agents.map(({ id }) => id));
  const endpoints = endpointsIn(files).map(({ endpoint, method, guard, backend: [{ host, url_pattern }] }) => ({
    path: endpoint.replace(CARD_PATTERN, CARD_PATH),
    method,
    id: idOf.get(endpoint.slice(1).replace(CARD_PATTERN, '')) ?? '',
    demand: { ...demandOf(guard), ...from },
    backend: `${host[0]}${url_pattern}`,
  }));
  const whose = agents.every(({ guard }) => isListed(guard)) ? 'all' : 'without jwt';
  return { endpoints, demand: from, whose, timeout: timeoutIn(files.krakendJson) };
}

function demandOf(guard: Guard | undefined): Demand {
  return guard === undefined ? {} : demandIn(guard.blocks);
}

/** The files that the answered pods read. A gateway that is kept may have no pods. */
function filesOf(gatewayName: string, children: readonly DesiredObject[]): KrakendFiles | undefined {
  const deployment = children.find((child) => deploymentReading.fits(child));
  const configMaps = children.filter((child) => configMapReading.fits(child));
  return filesInUse(gatewayName, deploymentReading.fits(deployment) ? deployment : undefined, configMaps).files;
}

/** The agent of each path: a long path is its id, and a short path is for the only agent of that name. */
function idsByPath(ids: readonly string[]): ReadonlyMap<string, string> {
  const byName = ids.toReversed().map((id) => [id.slice(id.indexOf('/') + 1), id] as const);
  return new Map([...byName, ...ids.map((id) => [id, id] as const)]);
}

const Route = Type.Object({
  apiVersion: Type.String(),
  kind: Type.Literal('HTTPRoute'),
  spec: Type.Object({
    parentRefs: Type.Array(Type.Object({ namespace: Type.String(), name: Type.String() })),
    hostnames: Type.Optional(Type.Array(Type.String())),
    rules: Type.Tuple([
      Type.Object({ backendRefs: Type.Tuple([Type.Object({ name: Type.String(), port: Type.Integer() })]) }),
    ]),
  }),
});

/** The route of a Gateway of the Gateway API to an AgentGateway. */
export type GatewayRoute = Static<typeof Route>;

/** The routes among these children. */
export function routesIn(children: readonly DesiredObject[]): readonly GatewayRoute[] {
  return children.filter((child) => Value.Check(Route, child));
}

/** The agents of a gateway of ours that nobody may call. */
export function closedAgents(
  { agents }: Observed,
  { outcome }: Desired,
): readonly (ExposedAgent & { readonly access: ClosedAccess })[] {
  return agents.flatMap((agent) =>
    outcome === 'desired' && isClosed(agent.access) ? [{ ...agent, access: agent.access }] : [],
  );
}
