import type { Environment } from './container-environment.ts';
import type { Image } from './pods.ts';
import { pythonFile, pythonPackages } from './python.ts';

/** Flags that give Agents, ModelAPIs and MemoryStores the images of these tests. */
export const IMAGE_FLAGS = [
  '--default-agent-image=kaos-agent',
  '--default-litellm-image=litellm',
  '--default-memory-service-image=kaos-memory',
];
/** The image of a user's own MCP server. */
export const ORDERS_IMAGE = 'registry.example.com/orders-tools:1.4';

/** A LiteLLM that calls the provider at this port in place of OpenAI and Nebius; `network` has more variables. */
export function liteLlmImage(providerPort: number, network: Environment = {}): (ip: string) => Image {
  const provider = `http://127.0.0.1:${providerPort}/v1`;
  const env = {
    LITELLM_LOCAL_MODEL_COST_MAP: 'True',
    OPENAI_BASE_URL: provider,
    NEBIUS_API_BASE: provider,
    ...network,
  };
  return (ip) => pythonImage('litellm', ['--host', ip], env);
}

export function ordersImage(ip: string): Image {
  return pythonImage('orders.py', [ip], { FASTMCP_CHECK_FOR_UPDATES: 'off' });
}

/** An image in which FastMCP runs the server in a file, as in KAOS's image for `python-string`. */
export function pythonStringImage(ip: string): Image {
  const flags = ['--transport', 'streamable-http', '--host', ip, '--port', '8000'];
  const server = `${pythonFile('python_string.py')}:mcp`;
  const env = { FASTMCP_CHECK_FOR_UPDATES: 'off', PYTHONDONTWRITEBYTECODE: '1' };
  return pythonImage('fastmcp', ['run', server, ...flags], env);
}

/** An image that runs a Python program. */
export function pythonImage(program: string, args: readonly string[], env: Environment): Image {
  const { PATH = '' } = process.env;
  return {
    command: ['python3', pythonFile(program), ...args],
    env: { PATH, PYTHONPATH: pythonPackages(), ...env },
  };
}
