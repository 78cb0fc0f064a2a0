import { codeUnitOrder } from '../../data/order.ts';
import type { AgentGatewaySettings } from '../../settings.ts';
import type { ExposedAgent, ServedAgent } from '../agents/exposed-agents.ts';
import type { ConfiguredAgent } from '../krakend/krakend-json.ts';

/**
 * The exposed agents whose entry in the configuration is missing, outdated or no longer valid. A configuration that this
 * controller did not write is replaced as a whole, so it has no changes.
 */
export function changedAgents(
  agents: readonly ExposedAgent[],
  configured: readonly ConfiguredAgent[] | undefined,
): readonly ExposedAgent[] {
  const before = new Map(configured?.map((agent) => [agent.id, addressText(agent)]));
  const isChanged = (agent: ExposedAgent) => configuredOf(agent).map(addressText)[0] !== before.get(agent.id);
  return configured === undefined ? [] : agents.filter(isChanged);
}

/** Whether the configuration has an agent that is not exposed any more. */
export function hasWithdrawn(
  agents: readonly ExposedAgent[],
  configured: readonly ConfiguredAgent[] | undefined,
): boolean {
  const exposed = new Set(agents.map(({ id }) => id));
  return (configured ?? []).some(({ id }) => !exposed.has(id));
}

/** Whether no exposed agent can be served. */
export function servesNone(agents: readonly ExposedAgent[]): boolean {
  return agents.every(({ reading }) => reading.outcome === 'refused');
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
  return [...settled.flatMap(configuredOf), ...kept]
    .sort((a, b) => codeUnitOrder(a.namespace, b.namespace) || codeUnitOrder(a.name, b.name))
    .map((agent) => ({
      ...agent,
      shorthand: mayBeShort(agent.namespace) && counts.get(agent.name) === 1 ? short : 'none',
    }));
}

function addressText({ host, path, createdAt }: ConfiguredAgent): string {
  return `${host}${path} ${createdAt}`;
}

function configuredOf({ id, name, namespace, createdAt, reading }: ExposedAgent): readonly ConfiguredAgent[] {
  return reading.outcome === 'address' ? [{ id, name, namespace, createdAt, ...reading.address }] : [];
}
