import Fastify from 'fastify';
import { type Backend, type Listening, listening } from './backends.ts';
import { embedded, type Texts } from './embeddings.ts';

/** The body of a chat call to a provider. */
export interface Question {
  readonly model: string;
  readonly messages: readonly Message[];
  /** Set by callers that expect JSON. */
  readonly response_format?: object;
}

interface Message {
  readonly role: string;
  readonly content: string;
}

/** A message of a model: a text, or calls of tools. */
export interface Said {
  readonly content: string | null;
  readonly tool_calls?: readonly object[];
}

export interface Provider extends Backend {
  /** The `Authorization` headers of its calls, each once. */
  readonly credentials: () => string[];
  /** The texts of all users' messages, each once. */
  readonly asked: () => string[];
}

/** A call to a provider: the path without the part for chats, the model and the `Authorization` header. */
export interface Call {
  readonly path: string;
  readonly authorization: string | undefined;
  readonly model: string;
}

type Answer = (question: Question, call: Call) => string | Promise<Said>;

/** The usual answer of a model: its name, its instructions and the question. */
export function told({ model, messages }: Question): string {
  const [system, user] = ['system', 'user'].map((role) => messages.find((message) => message.role === role));
  return `${model}, told "${system?.content}", was asked "${user?.content}"`;
}

/** Starts a provider of models with OpenAI's API, by default at a free port. */
export async function startProvider(answer: Answer, at?: Listening): Promise<Provider> {
  const credentials = new Set<string>();
  const asked = new Set<string>();
  const server = Fastify({ forceCloseConnections: true });
  server.get('/*', async () => 'ready');
  server.post<{ Body: Texts }>('/v1/embeddings', async ({ body }) => embedded(body));
  server.post<{ Body: Question }>('/*', async ({ body, headers, url }) => {
    const { authorization } = headers;
    credentials.add(authorization ?? 'none');
    for (const { content } of body.messages.filter(({ role }) => role === 'user')) {
      asked.add(content);
    }
    const path = decodeURI(url).replace(/\/chat\/completions$/, '');
    const said = await answer(body, { path, authorization, model: body.model });
    const { content, ...calls } = typeof said === 'string' ? { content: said } : said;
    const finish_reason = 'tool_calls' in calls ? 'tool_calls' : 'stop';
    const choice = { index: 0, finish_reason, message: { role: 'assistant', content, ...calls } };
    const usage = { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 };
    return { id: 'answer', object: 'chat.completion', created: 0, model: body.model, choices: [choice], usage };
  });
  return { ...(await listening(server, at)), credentials: () => [...credentials], asked: () => [...asked] };
}
