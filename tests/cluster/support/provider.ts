import Fastify from 'fastify';
import { type Backend, listening } from './backends.ts';

interface Question {
  readonly model: string;
  readonly messages: readonly { readonly role: string; readonly content: string }[];
}

export interface Provider extends Backend {
  /** What it was called with as `Authorization`, each once. */
  readonly credentials: () => string[];
}

/** A provider of models with OpenAI's API. They tell their name, how they were instructed and what they were asked. */
export async function startProvider(): Promise<Provider> {
  const credentials = new Set<string>();
  const server = Fastify({ forceCloseConnections: true });
  server.post<{ Body: Question }>('/v1/chat/completions', async ({ body, headers }) => {
    credentials.add(headers.authorization ?? 'none');
    const [system, user] = ['system', 'user'].map((role) => body.messages.find((message) => message.role === role));
    const content = `${body.model}, told "${system?.content}", was asked "${user?.content}"`;
    const choice = { index: 0, finish_reason: 'stop', message: { role: 'assistant', content } };
    const usage = { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 };
    return { id: 'answer', object: 'chat.completion', created: 0, model: body.model, choices: [choice], usage };
  });
  return { ...(await listening(server)), credentials: () => [...credentials] };
}
