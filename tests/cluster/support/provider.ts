import Fastify from 'fastify';
import { type Backend, listening } from './backends.ts';

/** A chat as a provider is asked it. */
interface Question {
  readonly model: string;
  readonly messages: readonly { readonly role: string; readonly content: string }[];
}

export interface Provider extends Backend {
  /** What it was called with as `Authorization`, each once. */
  readonly credentials: () => string[];
}

/** How a provider is called: where, apart from the path of chats, and with what. */
export interface Call {
  readonly path: string;
  readonly authorization: string | undefined;
  readonly model: string;
}

type Answer = (question: Question, call: Call) => string;

/** Models tell their name, how they were instructed and what they were asked. */
function told({ model, messages }: Question): string {
  const [system, user] = ['system', 'user'].map((role) => messages.find((message) => message.role === role));
  return `${model}, told "${system?.content}", was asked "${user?.content}"`;
}

/** A provider of models with OpenAI's API. */
export async function startProvider(answer: Answer = told): Promise<Provider> {
  const credentials = new Set<string>();
  const server = Fastify({ forceCloseConnections: true });
  server.post<{ Body: Question }>('/*', async ({ body, headers, url }) => {
    const { authorization } = headers;
    credentials.add(authorization ?? 'none');
    const path = decodeURI(url).replace(/\/chat\/completions$/, '');
    const content = answer(body, { path, authorization, model: body.model });
    const choice = { index: 0, finish_reason: 'stop', message: { role: 'assistant', content } };
    const usage = { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 };
    return { id: 'answer', object: 'chat.completion', created: 0, model: body.model, choices: [choice], usage };
  });
  return { ...(await listening(server)), credentials: () => [...credentials] };
}
