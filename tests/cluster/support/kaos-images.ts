import path from 'node:path';
import type { Environment } from './container-environment.ts';
import type { Image } from './pods.ts';
import { pythonFile, pythonPackages } from './python.ts';

const AGENT = path.join(import.meta.dirname, '../programs/kaos-agent.ts');

/** The settings by which Agents and ModelAPIs get the images below. */
export const IMAGE_FLAGS = ['--default-agent-image=kaos-agent', '--default-litellm-image=litellm'];
/** The image of an MCP server that a user brings. */
export const ORDERS_IMAGE = 'registry.example.com/orders-tools:1.4';

/** The image of KAOS's agents, whose programs reach the network in this way. */
export function agentImage(network: Environment): (ip: string) => Image {
  return (ip) => ({ command: [process.execPath, AGENT, ip], env: network });
}

/** A LiteLLM for which OpenAI is at the port of a provider here. */
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

/** An image whose program is in Python. */
export function pythonImage(program: string, args: readonly string[], env: Environment): Image {
  const { PATH = '' } = process.env;
  return {
    command: ['python3', pythonFile(program), ...args],
    env: { PATH, PYTHONPATH: pythonPackages(), ...env },
  };
}
