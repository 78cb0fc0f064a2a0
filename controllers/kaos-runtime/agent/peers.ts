import { codeUnitOrder } from '../../data/order.ts';
import { shown } from '../../data/quote.ts';
import type { Agent } from '../../resources/kaos/agent.ts';
import { isExposed } from '../../resources/kaos/naming.ts';
import type { AgentReference, ObservedAgent } from './observed.ts';

/** The peers that the Agent can call, sorted by name: they exist, are exposed and are not being deleted. */
export function reachablePeers({ peers }: ObservedAgent): readonly Agent[] {
  return peers
    .flatMap(({ found }) => found ?? [])
    .filter((peer) => isExposed(peer) && !isDeleting(peer))
    .sort((a, b) => codeUnitOrder(a.metadata.name, b.metadata.name));
}

/** Why the Agent cannot call its other peers: a message for each. */
export function missingPeers({ peers }: ObservedAgent): readonly string[] {
  return peers.flatMap((peer) => whyMissing(peer) ?? []);
}

function whyMissing({ name, found }: AgentReference<Agent>): string | undefined {
  const peer = `peer Agent ${shown(name)}`;
  if (found === undefined) {
    return `${peer} not found`;
  }
  if (isDeleting(found)) {
    return `${peer} is being deleted`;
  }
  return isExposed(found) ? undefined : `${peer} is not exposed`;
}

function isDeleting({ metadata }: Agent): boolean {
  return metadata.deletionTimestamp !== undefined;
}
