import Fastify from 'fastify';

const CARD_PATH = '/.well-known/agent-card.json';

/** An agent that speaks A2A: https://a2a-protocol.org/v0.3.0/specification/ */
export interface A2aAgent {
  /** What the agent runtime would write as `status.url`. */
  readonly cardUrl: string;
  readonly stop: () => Promise<void>;
}

interface Call {
  readonly id: number | string;
  readonly method: string;
  readonly params: { readonly message: { readonly parts: readonly { readonly text: string }[] } };
}

/** Starts an agent that repeats what it hears, at a path such as `/api/v1`, with its own address in its card. */
export async function startAgent(name: string, path = ''): Promise<A2aAgent> {
  const server = Fastify();
  let url = '';
  server.get(`${path}${CARD_PATH}`, async () => ({ ...CARD, name, url }));
  server.post<{ Body: Call }>(path || '/', async ({ body }) => answer(name, body));
  url = `${await server.listen({ host: '127.0.0.1', port: 0 })}${path}`;
  return { cardUrl: `${url}${CARD_PATH}`, stop: () => server.close() };
}

const CARD = {
  protocolVersion: '0.3.0',
  description: 'Repeats what it hears.',
  version: '1.0.0',
  preferredTransport: 'JSONRPC',
  capabilities: {},
  defaultInputModes: ['text/plain'],
  defaultOutputModes: ['text/plain'],
  skills: [],
};

function answer(name: string, { id, method, params }: Call): object {
  if (method !== 'message/send') {
    return { jsonrpc: '2.0', id, error: { code: -32601, message: 'Method not found' } };
  }
  const heard = params.message.parts.map(({ text }) => text).join('');
  const artifact = { artifactId: 'reply', parts: [{ kind: 'text', text: `${name} heard ${heard}` }] };
  const task = { kind: 'task', id: 'task', contextId: 'context', status: { state: 'completed' } };
  return { jsonrpc: '2.0', id, result: { ...task, artifacts: [artifact] } };
}
