import { SendMessageRequest } from '@a2a-js/sdk';

/** A message of a user. */
export function saying(text: string): SendMessageRequest {
  const message = { messageId: crypto.randomUUID(), role: 'ROLE_USER', parts: [{ text }] };
  return SendMessageRequest.fromJSON({ message });
}
