import type { Environment } from './container-environment.ts';
import type { Image } from './pods.ts';
import { pythonFile, pythonPackages } from './python.ts';

/** Flags that give Agents and ModelAPIs the images below. */
export const IMAGE_FLAGS = ['--default-agent-image=kaos-agent', '--default-litellm-image=litellm'];
/** The image of a user's own MCP server. */
export const ORDERS_IMAGE = 'registry.example.com/orders-tools:1.4';

/** A LiteLLM that calls the provider at this port in place of OpenAI. */
export function liteLlmImage(providerPort: number): (ip: string) => Image {
  const env = {
    LITELLM_LOCAL_MODEL_COST_MAP: 'True',
    OPENAI_BASE_URL: `http://127.0.0.1:${providerPort}/v1`,
  };
  return (ip) => pythonImage('litellm', ['--host', ip], env);
}

export function ordersImage(ip: string): Image {
  return pythonImage('orders.py', [ip], { FASTMCP_CHECK_FOR_UPDATES: 'off' });
}

/** An image that runs a Python program. */
export function pythonImage(program: string, args: readonly string[], env: Environment): Image {
  const { PATH = '' } = process.env;
  return {
    command: ['python3', pythonFile(program), ...args],
    env: { PATH, PYTHONPATH: pythonPackages(), ...env },
  };
}
