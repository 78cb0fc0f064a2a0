import type { Backend } from './backends.ts';
import { freePort, ready } from './processes.ts';
import { startPython } from './python.ts';

/** Starts an MCP server with a tool that adds up numbers. A call to `/slow?seconds=2` takes two seconds. */
export async function startMcpServer(): Promise<Backend> {
  const port = await freePort();
  const running = startPython('mcp_server.py', [String(port)], {}, { FASTMCP_CHECK_FOR_UPDATES: 'off' });
  await ready(running, async () => (await fetch(`http://127.0.0.1:${port}/slow?seconds=0`)).ok);
  return { port, stop: running.stop };
}

export interface LiteLlm extends Backend {
  /** Waits until it is ready. It starts slowly, and other tests need not wait for it. */
  readonly untilReady: () => Promise<void>;
}

/** Starts a LiteLLM with this key and one model `mock`, which always gives the same answer. */
export async function startLiteLlm(key: string, answer: string): Promise<LiteLlm> {
  const port = await freePort();
  const mock = { model: 'openai/mock', api_key: 'none', mock_response: answer };
  const files = { 'config.json': JSON.stringify({ model_list: [{ model_name: 'mock', litellm_params: mock }] }) };
  const flags = ['--config=config.json', '--host=127.0.0.1', `--port=${port}`];
  const env = { LITELLM_MASTER_KEY: key, LITELLM_LOCAL_MODEL_COST_MAP: 'True' };
  const running = startPython('litellm', flags, files, env);
  const isLive = async () => (await fetch(`http://127.0.0.1:${port}/health/liveliness`)).ok;
  return { port, stop: running.stop, untilReady: () => ready(running, isLive) };
}
