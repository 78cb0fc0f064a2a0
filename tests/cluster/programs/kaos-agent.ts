import { setTimeout as sleep } from 'node:timers/promises';
import { AgentEvent, type AgentExecutor } from '@a2a-js/sdk/server';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { fetchAs, KAOS_CARD_PATH, tellKaosAgent } from '../support/a2a-client.ts';
import { a2aServer, said, textOf } from '../support/a2a-server.ts';

/**
 * A stand-in for the image of KAOS's agents: an A2A agent that finds its model, MCP servers and peers only in the
 * variables that KAOS documents. Its argument is the one address to listen on. It does what a message says:
 * `ask PEER TEXT`, `model TEXT`, `tool SERVER NAME NUMBER` or `wait SECONDS`. It repeats any other message.
 */
const NAME = variable('AGENT_NAME');
const PORT = Number(process.env['AGENT_PORT'] ?? 8000);
/** KAOS's agents wait this long for a model. */
const MODEL_TIMEOUT = 60_000;

function variable(name: string): string {
  const value = process.env[name];
  if (!value) {
    throw new Error(`${name} is not set`);
  }
  return value;
}

/** The address of a peer or server: its name must be in the variable `list`, and its own variable has the address. */
function addressOf(name: string, list: string, variableOf: (name: string) => string): string {
  const names = (process.env[list] ?? '').split(',');
  if (!names.includes(name)) {
    throw new Error(`${list} has no ${name}, only ${names}`);
  }
  return variable(variableOf(name));
}

async function obey(text: string): Promise<string> {
  const [verb, ...words] = text.split(' ');
  const [first = '', second = '', third = ''] = words;
  switch (verb) {
    case 'ask':
      return askPeer(first, words.slice(1).join(' '));
    case 'model':
      return askModel(words.join(' '));
    case 'tool':
      return useTool(first, second, Number(third));
    case 'wait':
      await sleep(Number(first) * 1000);
      return `${NAME} waited ${first} s`;
    default:
      return `${NAME} heard ${text}`;
  }
}

function askPeer(peer: string, text: string): Promise<string> {
  const variableOf = (name: string) => `PEER_AGENT_${name.toUpperCase().replaceAll('-', '_')}_CARD_URL`;
  return tellKaosAgent(addressOf(peer, 'PEER_AGENTS', variableOf), text, NAME);
}

async function askModel(text: string): Promise<string> {
  const system = { role: 'system', content: process.env['AGENT_INSTRUCTIONS'] ?? 'nothing' };
  const response = await fetchAs(NAME)(`${variable('MODEL_API_URL')}/v1/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ model: variable('MODEL_NAME'), messages: [system, { role: 'user', content: text }] }),
    signal: AbortSignal.timeout(MODEL_TIMEOUT),
  });
  const answer = await response.text();
  if (!response.ok) {
    throw new Error(`the model answers ${response.status}: ${answer}`);
  }
  return JSON.parse(answer).choices[0].message.content;
}

/** Calls a tool that the server lists. */
async function useTool(server: string, tool: string, number: number): Promise<string> {
  const address = addressOf(server, 'MCP_SERVERS', (name) => `MCP_SERVER_${name}_URL`);
  const client = new Client({ name: NAME, version: '1.0.0' });
  await client.connect(new StreamableHTTPClientTransport(new URL(`${address}/mcp`), { fetch: fetchAs(NAME) }));
  try {
    const { tools } = await client.listTools();
    const { content } = await client.callTool({ name: tool, arguments: { number } });
    return `${tools.map(({ name }) => name)}: ${content.map((part) => (part.type === 'text' ? part.text : '')).join('')}`;
  } finally {
    await client.close();
  }
}

/** Answers with the error if the agent cannot do what a message says. */
const executor: AgentExecutor = {
  execute: async ({ userMessage }, bus) => {
    const answer = await obey(textOf(userMessage)).catch((error: unknown) => `${NAME} failed: ${error}`);
    bus.publish(AgentEvent.message(said(answer)));
    bus.finished();
  },
  cancelTask: async (_taskId, bus) => bus.finished(),
};

const self = { name: NAME, description: process.env['AGENT_DESCRIPTION'] ?? 'AI Agent' };
const server = a2aServer({ ...self, url: `http://localhost:${PORT}`, cardPath: KAOS_CARD_PATH }, executor);
server.get('/health', async () => ({ status: 'healthy' }));
server.get('/ready', async () => ({ status: 'ready' }));
server.addHook('onRequest', async ({ url, headers }) => {
  const seen = { url, caller: headers['user-agent'], requestId: headers['x-request-id'] };
  process.stdout.write(`${JSON.stringify(seen)}\n`);
});
await server.listen({ host: process.argv[2] ?? '0.0.0.0', port: PORT });
