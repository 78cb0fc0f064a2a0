import { SendMessageRequest } from '@a2a-js/sdk';
import type { Client } from '@a2a-js/sdk/client';
import { textOf } from './a2a-server.ts';

/** A message of a user. */
export function saying(text: string): SendMessageRequest {
  const message = { messageId: crypto.randomUUID(), role: 'ROLE_USER', parts: [{ text }] };
  return SendMessageRequest.fromJSON({ message });
}

/** The body of a call in the form of A2A 0.3. */
export const A2A_CALL = {
  jsonrpc: '2.0',
  id: 1,
  method: 'message/send',
  params: { message: { kind: 'message', role: 'user', messageId: 'one', parts: [{ kind: 'text', text: 'hello' }] } },
};
/** What a chat says to a model. */
export const CHAT_MESSAGES = [{ role: 'user', content: 'hello' }];

/** When an event was sent, and when it arrived, in milliseconds since 1970. */
interface Tick {
  readonly sent: number;
  readonly arrived: number;
}

/** Asks an agent of `ticking.ts` for a stream of so many seconds. */
export async function ticksOf(client: Client, seconds: number): Promise<readonly Tick[]> {
  const seen: Tick[] = [];
  for await (const { payload } of client.sendMessageStream(saying(`tick ${seconds}`))) {
    if (payload?.$case === 'statusUpdate') {
      seen.push({ sent: Number(textOf(payload.value.status?.message)), arrived: Date.now() });
    }
  }
  return seen;
}
