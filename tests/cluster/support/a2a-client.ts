import { SendMessageRequest } from '@a2a-js/sdk';
import type { Client } from '@a2a-js/sdk/client';
import { textOf } from './a2a-server.ts';

/** A message of a user. */
export function saying(text: string): SendMessageRequest {
  const message = { messageId: crypto.randomUUID(), role: 'ROLE_USER', parts: [{ text }] };
  return SendMessageRequest.fromJSON({ message });
}

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
