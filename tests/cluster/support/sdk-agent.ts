import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { AgentCard, formatSSEEvent, Message, SSE_HEADERS, Task, TaskStatusUpdateEvent } from '@a2a-js/sdk';
import {
  AgentEvent,
  type AgentExecutor,
  DefaultRequestHandler,
  InMemoryTaskStore,
  JsonRpcTransportHandler,
  ServerCallContext,
} from '@a2a-js/sdk/server';
import Fastify from 'fastify';
import { type Backend, listening } from './backends.ts';

/**
 * An agent of the A2A SDK, with a public address in its card. It repeats what it hears; of `tick 20` it makes a task that
 * tells the time every second, twenty times.
 */
export async function startSdkAgent(publicUrl: string): Promise<Backend> {
  const card = cardOf(publicUrl);
  const rpc = new JsonRpcTransportHandler(new DefaultRequestHandler(card, new InMemoryTaskStore(), EXECUTOR));
  const server = Fastify({ forceCloseConnections: true });
  server.get('/.well-known/agent-card.json', async () => AgentCard.toJSON(card));
  server.post<{ Body: Record<string, unknown>; Headers: { 'a2a-version': string } }>('/', async (request, reply) => {
    const context = new ServerCallContext({ requestedVersion: request.headers['a2a-version'] });
    const answer = await rpc.handle(request.body, context);
    return Symbol.asyncIterator in answer
      ? reply.headers(SSE_HEADERS).send(Readable.from(serverSentEvents(answer)))
      : answer;
  });
  return listening(server);
}

async function* serverSentEvents(answers: AsyncIterable<unknown>): AsyncGenerator<string> {
  for await (const answer of answers) {
    yield formatSSEEvent(answer);
  }
}

function cardOf(url: string): AgentCard {
  return AgentCard.fromJSON({
    name: 'lead',
    description: 'Repeats what it hears, and tells the time.',
    version: '1.0.0',
    supportedInterfaces: [{ url, protocolBinding: 'JSONRPC', protocolVersion: '1.0' }],
    capabilities: { streaming: true },
    defaultInputModes: ['text/plain'],
    defaultOutputModes: ['text/plain'],
    skills: [],
  });
}

const EXECUTOR: AgentExecutor = {
  execute: async ({ userMessage, taskId, contextId }, bus) => {
    const heard = textOf(userMessage);
    const [, ticks] = /^tick (\d+)$/.exec(heard) ?? [];
    if (ticks === undefined) {
      bus.publish(AgentEvent.message(said(`heard ${heard}`)));
    } else {
      bus.publish(AgentEvent.task(Task.fromJSON({ id: taskId, contextId, status: { state: 'TASK_STATE_SUBMITTED' } })));
      for (let left = Number(ticks); left > 0; left -= 1) {
        await sleep(1000);
        const state = left === 1 ? 'TASK_STATE_COMPLETED' : 'TASK_STATE_WORKING';
        const status = { state, message: Message.toJSON(said(String(Date.now()))) };
        bus.publish(AgentEvent.statusUpdate(TaskStatusUpdateEvent.fromJSON({ taskId, contextId, status })));
      }
    }
    bus.finished();
  },
  cancelTask: async (_taskId, bus) => bus.finished(),
};

function said(text: string): Message {
  return Message.fromJSON({ messageId: crypto.randomUUID(), role: 'ROLE_AGENT', parts: [{ text }] });
}

/** The text of a message's parts. */
export function textOf(message: Message | undefined): string {
  return (message?.parts ?? []).map(({ content }) => (content?.$case === 'text' ? content.value : '')).join('');
}
