import type { Backend } from './backends.ts';
import { freePort, ready } from './processes.ts';
import { startPython } from './python.ts';

/** An MCP server with a tool that adds up; asked for `/slow?seconds=2` it takes two seconds. */
export async function startMcpServer(): Promise<Backend> {
  const port = await freePort();
  const running = startPython('mcp_server.py', [String(port)], {}, { FASTMCP_CHECK_FOR_UPDATES: 'off' });
  await ready(running, async () => (await fetch(`http://127.0.0.1:${port}/slow?seconds=0`)).ok);
  return { port, stop: running.stop };
}

export interface LiteLlm extends Backend {
  /** It takes its time to start, in which other tests need not wait for it. */
  readonly untilReady: () => Promise<void>;
}

/** A LiteLLM with this key, whose one model is called `mock` and knows one answer. */
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
