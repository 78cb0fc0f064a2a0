import type { ObservedAgent } from './observed.ts';
import { presentVariables } from './present-variables.ts';

/** The variables with addresses of other resources. */
const ADDRESS = /^(?:MODEL_API_URL|MEMORY_STORE_ENDPOINT|MCP_SERVER_.*_URL|PEER_AGENT_.*_CARD_URL)$/;
const PATH = /^(?:agent|modelapi|mcp|memorystore)\/[^/]+$/;

/** The base URL of the Gateway that the present Deployment calls; undefined if it calls Services, or does not exist. */
export function currentBase(observed: ObservedAgent): string | undefined {
  const addresses = [...presentVariables(observed)].filter(([name]) => ADDRESS.test(name));
  return addresses.map(([, value]) => baseOf(value, observed.namespace)).find((base) => base !== undefined);
}

/** The base URL of an address at the Gateway; undefined for one of a Service. */
function baseOf(address: string, namespace: string): string | undefined {
  const [base = '', path = '', ...others] = address.split(`/${namespace}/`);
  return others.length === 0 && PATH.test(path) && /^https?:\/\/[^/]+$/.test(base) ? base : undefined;
}
