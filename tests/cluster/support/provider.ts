import Fastify from 'fastify';
import { type Backend, listening } from './backends.ts';

/** The body of a chat call to a provider. */
interface Question {
  readonly model: string;
  readonly messages: readonly { readonly role: string; readonly content: string }[];
}

export interface Provider extends Backend {
  /** The `Authorization` headers of its calls, each once. */
  readonly credentials: () => string[];
}

/** A call to a provider: the path without the part for chats, the model and the `Authorization` header. */
export interface Call {
  readonly path: string;
  readonly authorization: string | undefined;
  readonly model: string;
}

type Answer = (question: Question, call: Call) => string;

/** The default answer of a model: its name, its instructions and the question. */
function told({ model, messages }: Question): string {
  const [system, user] = ['system', 'user'].map((role) => messages.find((message) => message.role === role));
  return `${model}, told "${system?.content}", was asked "${user?.content}"`;
}

/** Starts a provider of models with OpenAI's API. */
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
