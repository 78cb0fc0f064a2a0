import { oneLine } from '../../controllers/data/quote.ts';
import type { ObjectName, Reachable } from '../../controllers/endpoint.ts';
import { titleOf } from '../evaluate/object-name.ts';
import { callersInShort, callersOf } from './callers.ts';
import { type Context, causeText, saidBy } from './context.ts';
import type { Address } from './explanation.ts';
import type { Entry } from './gateway-entry.ts';

/** What addresses are put into words with. */
interface Means {
  readonly context: Context;
  readonly entryOf: (gateway: ObjectName) => Entry;
}

/** One for each way to call the resource, those from outside the cluster first. */
export function addressesOf(endpoints: readonly Reachable[], about: ObjectName, means: Means): readonly Address[] {
  return endpoints
    .map((endpoint) => addressOf(endpoint, about, means))
    .toSorted((one, other) => Number(one.isInside) - Number(other.isInside));
}

function addressOf(endpoint: Reachable, about: ObjectName, { context, entryOf }: Means): Address {
  const { because, demand, gateway, host, path, timeout, backend } = endpoint;
  const cause = (each: keyof typeof because) => causeText(because[each], about, context);
  const isChat = endpoint.resource.kind === 'AgentGateway' && path === CHAT_PATH;
  return {
    method: endpoint.method,
    url: oneLine(`${isInside(endpoint) ? `http://${host}` : entryOf(gateway)(host)}${path}`),
    isPrefix: endpoint.isPrefix,
    gateway: titleOf(gateway),
    isForAnyHost: host === undefined,
    isInside: isInside(endpoint),
    ...stateOf(endpoint, context),
    backend: backend && oneLine(backend),
    timeout: timeoutText(timeout),
    callers: isChat ? [CHAT_CALLERS] : callersOf(demand),
    callersInShort: isChat ? '' : callersInShort(demand),
    because: { host: cause('host'), timeout: cause('timeout'), callers: cause('access') },
  };
}

/** Gateway API takes a zero for no timeout. */
function timeoutText(timeout: string | undefined): string {
  const isZero = timeout !== undefined && !/[1-9]/.test(timeout);
  return isZero ? `none (${timeout})` : (timeout ?? "the gateway's own");
}

const CHAT_PATH = '/chat/completions';
const CHAT_CALLERS = 'whoever may call the agent that the call names as its model';

/** Whether an address is that of a Service. */
export function isInside({ gateway }: Reachable): boolean {
  return gateway.kind === 'AgentGateway';
}

function stateOf({ accepted, backend }: Reachable, context: Context): Pick<Address, 'state' | 'why'> {
  if (accepted?.status === 'False') {
    return { state: 'refused', why: saidBy(`${accepted.reason}: ${accepted.message}`, context) };
  }
  return backend === undefined ? { state: 'closed', why: CLOSED } : { state: 'open', why: undefined };
}

const CLOSED = 'the gateway has not accepted the policies that check callers, so it answers 500';
