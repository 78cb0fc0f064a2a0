import { type Message, SendMessageRequest } from '@a2a-js/sdk';
import { ClientFactory, DefaultAgentCardResolver, JsonRpcTransportFactory } from '@a2a-js/sdk/client';
import { textOf } from './a2a-server.ts';

/** The path of an agent's card below its address in KAOS. */
export const KAOS_CARD_PATH = '/.well-known/agent';

/** A message of a user. */
export function saying(text: string): SendMessageRequest {
  const message = { messageId: crypto.randomUUID(), role: 'ROLE_USER', parts: [{ text }] };
  return SendMessageRequest.fromJSON({ message });
}

/**
 * Sends a text to a KAOS agent under the caller's name, and returns the answer. Agents of KAOS do not know their own
 * address, and their cards say localhost. So callers use the address at which they found the card.
 */
export async function tellKaosAgent(address: string, text: string, caller: string): Promise<string> {
  const fetchImpl = fetchAs(caller);
  const card = await new DefaultAgentCardResolver({ fetchImpl }).resolve(`${address}${KAOS_CARD_PATH}`, '');
  const supportedInterfaces = card.supportedInterfaces.map((own) => ({ ...own, url: address }));
  const factory = new ClientFactory({ transports: [new JsonRpcTransportFactory({ fetchImpl })] });
  const client = await factory.createFromAgentCard({ ...card, supportedInterfaces });
  return textOf((await client.sendMessage(saying(text))) as Message);
}

/** A `fetch` that sends the caller's name as user agent. */
export function fetchAs(caller: string): typeof fetch {
  return (input, init) => {
    const headers = new Headers(init?.headers);
    headers.set('user-agent', caller);
    return fetch(input, { ...init, headers });
  };
}
