import { isPlainObject } from '../../data/plain-object.ts';
import { Type, Value } from '../../typebox.ts';
import type { ObservedAgent } from './observed.ts';

const Variable = Type.Object({ name: Type.String(), value: Type.Optional(Type.String()) });
const Container = Type.Object({ name: Type.String(), env: Type.Optional(Type.Array(Variable)) });
const WithEnvironment = Type.Object({
  spec: Type.Object({ template: Type.Object({ spec: Type.Object({ containers: Type.Array(Container) }) }) }),
});

/** The variables with addresses of other resources. */
const ADDRESS = /^(?:MODEL_API_URL|MEMORY_STORE_ENDPOINT|MCP_SERVER_.*_URL|PEER_AGENT_.*_CARD_URL)$/;
const PATH = /^(?:agent|modelapi|mcp|memorystore)\/[^/]+$/;

/** The base URL of the Gateway that the present Deployment calls; undefined if it calls Services, or does not exist. */
export function currentBase({ deployment, namespace, spec }: ObservedAgent): string | undefined {
  if (!Value.Check(WithEnvironment, deployment)) {
    return undefined;
  }
  // A user's own address says nothing about the Gateway.
  const own = new Set((spec.container?.env ?? []).map((variable) => isPlainObject(variable) && variable['name']));
  const agent = deployment.spec.template.spec.containers.find(({ name }) => name === 'agent');
  const addresses = agent?.env?.filter(({ name }) => ADDRESS.test(name) && !own.has(name)) ?? [];
  return addresses.map(({ value = '' }) => baseOf(value, namespace)).find((base) => base !== undefined);
}

/** The base URL of an address at the Gateway; undefined for one of a Service. */
function baseOf(address: string, namespace: string): string | undefined {
  const [base = '', path = '', ...others] = address.split(`/${namespace}/`);
  return others.length === 0 && PATH.test(path) && /^https?:\/\/[^/]+$/.test(base) ? base : undefined;
}
