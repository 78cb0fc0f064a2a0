import { type Message, SendMessageRequest } from '@a2a-js/sdk';
import { ClientFactory, DefaultAgentCardResolver, JsonRpcTransportFactory } from '@a2a-js/sdk/client';
import { textOf } from './a2a-server.ts';

/** The path of an agent's card below its address in KAOS. */
export const KAOS_CARD_PATH = '/.well-known/agent';

/** What a user says. */
export function saying(text: string): SendMessageRequest {
  const message = { messageId: crypto.randomUUID(), role: 'ROLE_USER', parts: [{ text }] };
  return SendMessageRequest.fromJSON({ message });
}

/**
 * Tells an agent of KAOS something, as whoever this is, and returns its answer. Agents of KAOS do not know where they are,
 * and their cards say localhost; so they call each other where the card was found.
 */
export async function tellKaosAgent(address: string, text: string, caller: string): Promise<string> {
  const fetchImpl = fetchAs(caller);
  const card = await new DefaultAgentCardResolver({ fetchImpl }).resolve(`${address}${KAOS_CARD_PATH}`, '');
  const supportedInterfaces = card.supportedInterfaces.map((own) => ({ ...own, url: address }));
  const factory = new ClientFactory({ transports: [new JsonRpcTransportFactory({ fetchImpl })] });
  const client = await factory.createFromAgentCard({ ...card, supportedInterfaces });
  return textOf((await client.sendMessage(saying(text))) as Message);
}

/** A `fetch` that tells who calls. */
export function fetchAs(caller: string): typeof fetch {
  return (input, init) => {
    const headers = new Headers(init?.headers);
    headers.set('user-agent', caller);
    return fetch(input, { ...init, headers });
  };
}
