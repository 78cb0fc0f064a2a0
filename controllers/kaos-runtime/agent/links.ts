import { codeUnitOrder } from '../../data/order.ts';
import type { ObservedAgent } from './observed.ts';

/** A status has no room for thousands. */
const MOST_LINKS = 100;

/** An Agent's `linkedResources`. KAOS's status names the model; what else an Agent refers to is beside it. */
export function links({ spec, mcpServers, peers }: ObservedAgent): Readonly<Record<string, string>> {
  const all = {
    modelapi: spec.modelAPI,
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
