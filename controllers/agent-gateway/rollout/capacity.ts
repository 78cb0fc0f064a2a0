import { codeUnitOrder } from '../../data/order.ts';
import type { ServedAgent } from '../agents/exposed-agents.ts';
import type { Room } from './room.ts';

/** The agents that fit into a configuration, and those that do not. Both are in the given order. */
export interface Fit {
  readonly admitted: readonly ServedAgent[];
  readonly excess: readonly ServedAgent[];
}

interface Namespace {
  readonly agents: readonly ServedAgent[];
  readonly bytes: number;
}

/**
 * Which agents fit into the room. Namespaces share it fairly: what one namespace does not need, the others get, and
 * only a namespace that needs more than its share loses agents. It loses those that are not served yet first.
 */
export function shareRoom(agents: readonly ServedAgent[], room: Room, isServed: (id: string) => boolean): Fit {
  const namespaces = byNamespace(agents, room);
  const share = shareOf(
    namespaces.map((namespace) => namespace.bytes),
    room.bytes,
  );
  const excess = new Set(namespaces.flatMap((namespace) => excessOf(namespace, { ...room, bytes: share }, isServed)));
  return {
    admitted: agents.filter(({ id }) => !excess.has(id)),
    excess: agents.filter(({ id }) => excess.has(id)),
  };
}

function byNamespace(agents: readonly ServedAgent[], { bytesOf }: Room): readonly Namespace[] {
  const grouped = Map.groupBy(agents, ({ namespace }) => namespace);
  return [...grouped.values()].map((own) => ({
    agents: own,
    bytes: own.reduce((sum, agent) => sum + bytesOf(agent), 0),
  }));
}

/** The most that each namespace may have, so that the total fits. */
function shareOf(needs: readonly number[], whole: number): number {
  const sorted = needs.toSorted((a, b) => a - b);
  let left = whole;
  for (const [index, need] of sorted.entries()) {
    const share = left / (sorted.length - index);
    if (need > share) {
      return share;
    }
    left -= need;
  }
  return Number.POSITIVE_INFINITY;
}

function excessOf({ agents, bytes }: Namespace, share: Room, isServed: (id: string) => boolean): readonly string[] {
  if (bytes <= share.bytes) {
    return [];
  }
  const rank = ({ id }: ServedAgent) => (isServed(id) ? 0 : 1);
  const inOrder = agents.toSorted((a, b) => rank(a) - rank(b) || codeUnitOrder(a.name, b.name));
  let left = share.bytes;
  return inOrder.flatMap((agent) => {
    const needed = share.bytesOf(agent);
    const fits = needed <= left;
    left -= fits ? needed : 0;
    return fits ? [] : [agent.id];
  });
}
