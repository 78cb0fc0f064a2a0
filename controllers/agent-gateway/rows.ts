import { leftOut } from './agents/exposed-agents.ts';
import type { Desired } from './desired.ts';
import { krakendConfig } from './krakend/krakend-config.ts';
import type { Observed } from './observed.ts';
import { admission } from './rollout/admission.ts';

export const columns = ['GATEWAY', 'ENDPOINT', 'METHOD', 'AGENT', 'BACKEND'] as const;

/** Each endpoint of a gateway with its agent and backend, then the agents that are left out. */
export function rows(observed: Observed, desired: Desired): readonly (readonly string[])[] {
  const { gateway, agents } = observed;
  const name = `${gateway.metadata.namespace}/${gateway.metadata.name}`;
  if (desired.outcome === 'none') {
    return [[name, `none (${desired.reason})`, '', '', '']];
  }
  const served = admission(observed, '').admitted.flatMap((agent) =>
    krakendConfig('', [agent]).endpoints.map(({ endpoint, method, backend: [{ host, url_pattern }] }) => [
      name,
      endpoint,
      method,
      agent.id,
      `${host[0]}${url_pattern}`,
    ]),
  );
  const plugins = [
    [name, '/models', 'GET', 'all', 'plugin openai-a2a'],
    [name, '/chat/completions', 'POST', 'by model', 'plugin openai-a2a'],
  ];
  return [...served, ...plugins, ...leftOut(agents).map(({ id, why }) => [name, 'none', '', id, why])];
}
