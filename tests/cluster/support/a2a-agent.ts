import { Readable } from 'node:stream';
import { SSE_HEADERS, Task } from '@a2a-js/sdk';
import { parseLegacyAgentCard } from '@a2a-js/sdk/compat/v0_3/client';
import { LegacyJsonRpcTransportHandler } from '@a2a-js/sdk/compat/v0_3/server';
import { AgentEvent, DefaultRequestHandler, InMemoryTaskStore, ServerCallContext } from '@a2a-js/sdk/server';
import Fastify from 'fastify';
import { serverSentEvents, textOf } from './a2a-server.ts';
import type { Listening } from './backends.ts';
import { freePort } from './processes.ts';
import { ticking } from './ticking.ts';

const CARD_PATH = '/.well-known/agent-card.json';

/** An agent of the A2A SDK that speaks version 0.3, as the plugins of KrakenD's image do. */
export interface A2aAgent {
  /** The address that the agent runtime would write as `status.url`. */
  readonly cardUrl: string;
  readonly stop: () => Promise<void>;
}

/** Starts an agent that repeats what it hears, or ticks, at a path such as `/api/v1`, with its own address in its card. */
export async function startAgent(name: string, path = '', at?: Listening): Promise<A2aAgent> {
  const { host, port } = at ?? { host: '127.0.0.1', port: await freePort() };
  const url = `http://${host}:${port}${path}`;
  const card = { ...CARD, name, url };
  const handler = new DefaultRequestHandler(parseLegacyAgentCard(card), new InMemoryTaskStore(), repeating(name));
  const rpc = new LegacyJsonRpcTransportHandler(handler);
  const server = Fastify({ forceCloseConnections: true });
  server.get(`${path}${CARD_PATH}`, async () => card);
  server.post<{ Body: Record<string, unknown> }>(path || '/', async ({ body }, reply) => {
    const answer = await rpc.handle(body, new ServerCallContext({ requestedVersion: CARD.protocolVersion }));
    return Symbol.asyncIterator in answer
      ? reply.headers(SSE_HEADERS).send(Readable.from(serverSentEvents(answer)))
      : answer;
  });
  await server.listen({ host, port });
  return { cardUrl: `${url}${CARD_PATH}`, stop: () => server.close() };
}

const CARD = {
  protocolVersion: '0.3',
  description: 'Repeats what it hears.',
  version: '1.0.0',
  preferredTransport: 'JSONRPC',
  capabilities: { streaming: true },
  defaultInputModes: ['text/plain'],
  defaultOutputModes: ['text/plain'],
  skills: [],
};

function repeating(name: string) {
  return ticking(async ({ userMessage, taskId, contextId }, bus) => {
    const text = `${name} heard ${textOf(userMessage)}`;
    const artifacts = [{ artifactId: 'reply', parts: [{ text }] }];
    const status = { state: 'TASK_STATE_COMPLETED' };
    bus.publish(AgentEvent.task(Task.fromJSON({ id: taskId, contextId, status, artifacts })));
    bus.finished();
  });
}
