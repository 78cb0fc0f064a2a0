import { codeUnitOrder } from '../../data/order.ts';
import type { AgentGatewaySettings } from '../../settings.ts';
import { guardIn, isClosed } from '../agents/agent-access.ts';
import { addressIn, type ExposedAgent, type ServedAgent } from '../agents/exposed-agents.ts';
import { isListed } from '../krakend/guard.ts';
import type { ConfiguredAgent } from '../krakend/krakend-json.ts';

/** The agents of a configuration by their ids, in its order. */
export type ConfiguredAgents = ReadonlyMap<string, ConfiguredAgent>;

const NONE: ConfiguredAgents = new Map();

/**
 * The exposed agents whose entry in the configuration is missing, outdated or no longer valid. A configuration that this
 * controller did not write is replaced as a whole, so it has no changes.
 */
export function changedAgents(
  agents: readonly ExposedAgent[],
  configured: ConfiguredAgents | undefined,
): readonly ExposedAgent[] {
  const isChanged = (agent: ExposedAgent) => !isSame(configuredOf(agent), configured?.get(agent.id));
  return configured === undefined ? [] : agents.filter(isChanged);
}

/** What the configuration has that must not stay. */
export interface Withdrawn {
  /** Whether it lets callers reach an exposed agent who must not, because its access has changed. */
  readonly shuts: boolean;
  /** Whether it has an agent that is not exposed any more, or shuts one. */
  readonly withdraws: boolean;
}

export function withdrawnFrom(agents: readonly ExposedAgent[], serving: Serving): Withdrawn {
  const { agents: configured = NONE } = serving;
  const shuts = hasShut(agents, serving);
  const exposed = agents.reduce((sum, { id }) => sum + (configured.has(id) ? 1 : 0), 0);
  return { shuts, withdraws: shuts || exposed < configured.size };
}

/** What is known of the configuration that pods read. */
interface Serving {
  readonly agents: ConfiguredAgents | undefined;
  /** Whether pods of ours may read another configuration than the one that is there. */
  readonly isUnknown: boolean;
}

/**
 * Whether the configuration lets callers reach an exposed agent who must not, because its access has changed. One that is not known
 * may do so: whoever deletes or changes a ConfigMap must not keep an agent open.
 */
export function hasShut(agents: readonly ExposedAgent[], { agents: configured = NONE, isUnknown }: Serving): boolean {
  return agents.some(({ id, access }) => {
    const name = guardIn(access)?.name;
    const before = isUnknown ? undefined : configured.get(id);
    const mayBeShut = isClosed(access) || (name !== undefined && name !== before?.guard?.name);
    return mayBeShut && (isUnknown || before !== undefined);
  });
}

/**
 * Whether the configuration has an agent with another access than it has now. It cannot stay as it is configured: the rule for
 * which that was written may be gone.
 */
export function hasOtherAccess(configured: ConfiguredAgents = NONE): (agent: ExposedAgent) => boolean {
  return ({ id, access }) => {
    const before = configured.get(id);
    return before !== undefined && (isClosed(access) || guardIn(access)?.name !== before.guard?.name);
  };
}

/** Whether no exposed agent can be served. */
export function servesNone(agents: readonly ExposedAgent[]): boolean {
  return agents.every((agent) => addressIn(agent) === undefined);
}

/** Who may have a short path, and what their cards there say. */
export type ShortPaths = Pick<AgentGatewaySettings, 'shortPathNamespaces' | 'cardsNameLongPath'>;

/**
 * The agents of a configuration, by namespace, then name. An agent of one of the given namespaces gets a short path, if no
 * other exposed agent of these namespaces has its name, whether that agent can be served or not.
 */
export function servedAgents(
  settled: readonly ExposedAgent[],
  kept: readonly ConfiguredAgent[],
  { shortPathNamespaces, cardsNameLongPath }: ShortPaths,
): readonly ServedAgent[] {
  const mayBeShort = (namespace: string) => shortPathNamespaces === 'all' || shortPathNamespaces.includes(namespace);
  const short = cardsNameLongPath ? 'long' : 'short';
  const counts = new Map<string, number>();
  for (const { name } of [...settled, ...kept].filter(({ namespace }) => mayBeShort(namespace))) {
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...settled.map(configuredOf).filter((agent) => agent !== undefined), ...kept]
    .sort((a, b) => codeUnitOrder(a.namespace, b.namespace) || codeUnitOrder(a.name, b.name))
    .map((agent) => ({
      ...agent,
      shorthand: mayBeShort(agent.namespace) && counts.get(agent.name) === 1 ? short : 'none',
    }));
}

function isSame(one: ConfiguredAgent | undefined, other: ConfiguredAgent | undefined): boolean {
  return (
    one?.host === other?.host &&
    one?.path === other?.path &&
    one?.createdAt === other?.createdAt &&
    one?.guard?.name === other?.guard?.name
  );
}

/** The agent as a configuration has it; undefined if it is not served. */
function configuredOf(agent: ExposedAgent): ConfiguredAgent | undefined {
  const { id, name, namespace, createdAt, access } = agent;
  const address = addressIn(agent);
  const guard = guardIn(access);
  return (
    address && { id, name, namespace, ...address, createdAt: isListed(guard) ? createdAt : 0, ...(guard && { guard }) }
  );
}
