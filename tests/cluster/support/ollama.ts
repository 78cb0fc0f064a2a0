import Fastify from 'fastify';
import { type Backend, listening } from './backends.ts';

interface Prompt {
  readonly model: string;
  readonly prompt: string;
}

/**
 * Starts a stand-in for Ollama with the calls of its own API that LiteLLM makes. As LiteLLM asks of a model with tools, it
 * answers in JSON: with the call of a tool that the prompt names as `call TOOL ARGUMENTS`, else with the whole prompt.
 */
export async function startOllama(): Promise<Backend> {
  const server = Fastify({ forceCloseConnections: true });
  // LiteLLM does not say that its calls are JSON.
  server.addContentTypeParser('*', { parseAs: 'string' }, async (_request: unknown, body: string) => JSON.parse(body));
  server.post('/api/show', async () => ({ template: '', model_info: {} }));
  server.post<{ Body: Prompt }>('/api/generate', async ({ body: { model, prompt } }) => {
    const response = JSON.stringify(toolCall(prompt) ?? { prompt });
    return { model, response, done: true, prompt_eval_count: 1, eval_count: 1 };
  });
  return listening(server);
}

/** The last call that the prompt names, unless the prompt already has a result. */
function toolCall(prompt: string): object | undefined {
  const [, name, json] = [...prompt.matchAll(/call (\w+) (\{.*\})/g)].at(-1) ?? [];
  return name === undefined || json === undefined || prompt.includes('Echo: ')
    ? undefined
    : { name, arguments: JSON.parse(json) };
}
