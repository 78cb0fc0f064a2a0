import { AgentEvent } from '@a2a-js/sdk/server';
import type { FastifyInstance } from 'fastify';
import { a2aServer, said, textOf } from './a2a-server.ts';
import { type Backend, listening } from './backends.ts';
import { ticking } from './ticking.ts';

/**
 * Starts an agent of the A2A SDK with a public address in its card. It repeats what it hears. For `tick 20` it makes a
 * task that sends the time every second, twenty times. As agents of KAOS do, it serves its card at this path alone.
 */
export function startSdkAgent(url: string): Promise<Backend> {
  return listening(sdkAgent({ name: 'lead', url, cardPath: '/.well-known/agent.json' }));
}

/** The same agent with another name and path of its card, not yet listening. */
export function sdkAgent(self: {
  readonly name: string;
  readonly url: string;
  readonly cardPath: string;
}): FastifyInstance {
  return a2aServer({ ...self, description: 'Repeats what it hears, and tells the time.' }, EXECUTOR);
}

const EXECUTOR = ticking(async ({ userMessage }, bus) => {
  bus.publish(AgentEvent.message(said(`heard ${textOf(userMessage)}`)));
  bus.finished();
});
