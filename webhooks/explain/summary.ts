import type { ObjectName } from '../../controllers/endpoint.ts';
import { titleOf } from '../evaluate/object-name.ts';
import type { Address, Explanation } from './explanation.ts';

/** From where a resource with these open addresses is called. */
export function reachableBy(open: readonly Address[]): Explanation['reachable'] {
  if (open.length === 0) {
    return 'no';
  }
  return open.some(({ isInside }) => !isInside) ? 'yes' : 'inside';
}

const WITHOUT_ADDRESS = ['AccessGrant', 'AgentGatewayClass'];

/** The answer in one sentence. */
export function summaryOf(about: ObjectName, addresses: readonly Address[], hasProblems: boolean): string {
  const name = titleOf(about);
  const open = addresses.filter(({ state }) => state === 'open');
  const from = reachableBy(open);
  if (WITHOUT_ADDRESS.includes(about.kind)) {
    return `${name} has no address of its own.`;
  }
  if (from === 'no') {
    return `${name} is not reachable${addresses.some(({ state }) => state === 'closed') ? ' yet' : ''}.`;
  }
  const outer = from === 'yes' ? open.filter(({ isInside }) => !isInside) : open;
  const who = [...new Set(outer.map(({ callersInShort }) => callersInShort))]
    .filter((each) => each !== '')
    .join('; or by ');
  return `${name} is reachable${from === 'inside' ? ' inside the cluster only' : ''}, by ${who}${hasProblems ? '; but something is wrong' : ''}.`;
}
