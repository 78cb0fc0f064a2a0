import { codeUnitOrder } from '../../data/order.ts';
import type { ObservedAgent } from './observed.ts';

/** Keeps the status small. */
const MOST_LINKS = 100;

/** An Agent's `linkedResources`. KAOS writes `modelapi` and `memorystore`; the MCPServers and the peers are added here. */
export function links({ spec, memoryStore, mcpServers, peers }: ObservedAgent): Readonly<Record<string, string>> {
  const all = {
    modelapi: spec.modelAPI,
    memorystore: memoryStore?.name ?? '',
    mcpServers: joined(mcpServers),
    peerAgents: joined(peers),
  };
  return Object.fromEntries(Object.entries(all).filter(([, names]) => names !== ''));
}

function joined(references: readonly { readonly name: string }[]): string {
  const names = references.map(({ name }) => name).sort(codeUnitOrder);
  const others = names.length - MOST_LINKS;
  return [...names.slice(0, MOST_LINKS), ...(others > 0 ? [`and ${others} more`] : [])].join(',');
}
