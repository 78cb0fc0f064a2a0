import { Readable } from 'node:stream';
import { AgentCard, formatSSEEvent, Message, SSE_HEADERS } from '@a2a-js/sdk';
import {
  type AgentExecutor,
  DefaultRequestHandler,
  InMemoryTaskStore,
  JsonRpcTransportHandler,
  ServerCallContext,
} from '@a2a-js/sdk/server';
import Fastify, { type FastifyInstance } from 'fastify';

interface Self {
  readonly name: string;
  readonly description: string;
  /** The address in its card. */
  readonly url: string;
  /** The path of its card. */
  readonly cardPath: string;
}

/** The server of an agent of the A2A SDK: it serves the agent's card, and JSON-RPC at `/`. */
export function a2aServer({ cardPath, ...self }: Self, executor: AgentExecutor): FastifyInstance {
  const card = cardOf(self);
  const rpc = new JsonRpcTransportHandler(new DefaultRequestHandler(card, new InMemoryTaskStore(), executor));
  const server = Fastify({ forceCloseConnections: true });
  server.get(cardPath, async () => AgentCard.toJSON(card));
  server.post<{ Body: Record<string, unknown>; Headers: { 'a2a-version': string } }>('/', async (request, reply) => {
    const context = new ServerCallContext({ requestedVersion: request.headers['a2a-version'] });
    const answer = await rpc.handle(request.body, context);
    return Symbol.asyncIterator in answer
      ? reply.headers(SSE_HEADERS).send(Readable.from(serverSentEvents(answer)))
      : answer;
  });
  return server;
}

/** The events of a stream in the form of `text/event-stream`. */
export async function* serverSentEvents(answers: AsyncIterable<unknown>): AsyncGenerator<string> {
  for await (const answer of answers) {
    yield formatSSEEvent(answer);
  }
}

function cardOf({ name, description, url }: Omit<Self, 'cardPath'>): AgentCard {
  return AgentCard.fromJSON({
    name,
    description,
    version: '1.0.0',
    supportedInterfaces: [{ url, protocolBinding: 'JSONRPC', protocolVersion: '1.0' }],
    capabilities: { streaming: true },
    defaultInputModes: ['text/plain'],
    defaultOutputModes: ['text/plain'],
    skills: [],
  });
}

/** A message of an agent. */
export function said(text: string): Message {
  return Message.fromJSON({ messageId: crypto.randomUUID(), role: 'ROLE_AGENT', parts: [{ text }] });
}

/** The text of a message's parts. */
export function textOf(message: Message | undefined): string {
  return (message?.parts ?? []).map(({ content }) => (content?.$case === 'text' ? content.value : '')).join('');
}
