import { codeUnitOrder } from '../../data/order.ts';
import { shown } from '../../data/quote.ts';
import type { ReferenceProblem } from '../../reference.ts';
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

function whyMissing(peer: AgentReference<Agent>): string | undefined {
  const problem = peerProblem(peer);
  return problem && `peer Agent ${shown(peer.name)} ${problem}`;
}

/** Why an Agent cannot call a peer, if so. */
export function peerProblem({ found }: AgentReference<Agent>): ReferenceProblem | undefined {
  if (found === undefined) {
    return 'not found';
  }
  if (isDeleting(found)) {
    return 'is being deleted';
  }
  return isExposed(found) ? undefined : 'is not exposed';
}

function isDeleting({ metadata }: Agent): boolean {
  return metadata.deletionTimestamp !== undefined;
}
