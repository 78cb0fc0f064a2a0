import { codeUnitOrder } from '../../data/order.ts';
import type { EnvVar } from '../../kubernetes/pod-spec/variables.ts';
import { type NamedResource, namingOf } from '../../resources/kaos/naming.ts';
import type { Memory } from '../../resources/kaos/runtime-agent.ts';
import type { KaosRuntimeSettings, Settings } from '../../settings.ts';
import { type CallTarget, callAddress, chosenBase } from '../gateway/addresses.ts';
import { type ContainerEnvironment, environment, literal, literalIfAny } from '../workload/environment.ts';
import { proxyKey } from '../workload/master-key-secret.ts';
import { telemetryVariables } from '../workload/telemetry.ts';
import { currentBase } from './current-base.ts';
import type { ObservedAgent } from './observed.ts';
import { reachablePeers } from './peers.ts';

/** The defaults of KAOS's CRD, which nothing fills in offline. */
const MAX_STEPS = 5;
const MEMORY = { enabled: true, type: 'local', contextLimit: 6, maxSessions: 1000, maxSessionEvents: 500 };

/** The environment variables of an agent, in the KAOS operator's order: https://github.com/axsaucedo/kaos */
export function agentEnvironment(observed: ObservedAgent, settings: Settings): ContainerEnvironment {
  const { name, spec } = observed;
  const { config, container } = spec;
  const base = chosenBase(observed.gateway, currentBase(observed), settings);
  const addressOf: AddressOf = (resource) => callAddress(callTarget(resource), base, settings);
  return environment({
    before: [
      literal('AGENT_NAME', name),
      ...literalIfAny('AGENT_DESCRIPTION', config?.description),
      ...literalIfAny('AGENT_INSTRUCTIONS', config?.instructions),
    ],
    user: container?.env,
    after: [
      ...modelVariables(observed, addressOf),
      ...(config ? [number('AGENTIC_LOOP_MAX_STEPS', config.reasoningLoopMaxSteps ?? MAX_STEPS)] : []),
      ...(config?.memory ? memoryVariables(config.memory) : []),
      ...mcpVariables(observed, addressOf),
      ...peerVariables(observed, addressOf),
    ],
    fallback: [
      ...keyVariables(observed, settings.kaosRuntime),
      ...telemetryVariables(observed, config?.telemetry, settings.kaosRuntime),
      { name: 'LOG_LEVEL', value: settings.kaosRuntime.logLevel },
    ],
  });
}

/** The URL at which the agent calls a resource. */
type AddressOf = (resource: NamedResource) => string;

function number(name: string, value: number): EnvVar {
  return { name, value: String(value) };
}

function modelVariables({ spec, modelApi }: ObservedAgent, addressOf: AddressOf): readonly EnvVar[] {
  const address = modelApi && addressOf(modelApi);
  return [...literalIfAny('MODEL_API_URL', address), ...literalIfAny('MODEL_NAME', spec.model)];
}

/**
 * The key of LiteLLM, if all proxies take it from a Secret. KAOS's runtime has no variable for a key and always sends
 * `Authorization: Bearer not-needed`. But its SDK for OpenAI adds the headers of this variable, and LiteLLM prefers this one.
 */
function keyVariables({ modelApi }: ObservedAgent, settings: KaosRuntimeSettings): readonly EnvVar[] {
  const key = proxyKey('MODEL_API_KEY', modelApi, settings);
  const header = { name: 'OPENAI_CUSTOM_HEADERS', value: 'x-litellm-api-key: Bearer $(MODEL_API_KEY)' };
  return key.length > 0 ? [...key, header] : [];
}

function memoryVariables(memory: Memory): readonly EnvVar[] {
  const { enabled, type, contextLimit, maxSessions, maxSessionEvents } = { ...MEMORY, ...memory };
  return [
    { name: 'MEMORY_ENABLED', value: String(enabled) },
    literal('MEMORY_TYPE', type),
    number('MEMORY_CONTEXT_LIMIT', contextLimit),
    number('MEMORY_MAX_SESSIONS', maxSessions),
    number('MEMORY_MAX_SESSION_EVENTS', maxSessionEvents),
  ];
}

function mcpVariables({ mcpServers }: ObservedAgent, addressOf: AddressOf): readonly EnvVar[] {
  const servers = mcpServers
    .flatMap(({ found }) => found ?? [])
    .sort((a, b) => codeUnitOrder(a.metadata.name, b.metadata.name));
  return withList('MCP_SERVERS', servers, (server) =>
    literal(`MCP_SERVER_${server.metadata.name}_URL`, addressOf(server)),
  );
}

function peerVariables(observed: ObservedAgent, addressOf: AddressOf): readonly EnvVar[] {
  return withList('PEER_AGENTS', reachablePeers(observed), (peer) => {
    const name = peer.metadata.name.toUpperCase().replaceAll('-', '_');
    return literal(`PEER_AGENT_${name}_CARD_URL`, addressOf(peer));
  });
}

/** A variable with the names, separated by commas, then a variable for each item. Empty if there are no items. */
function withList<Item extends { readonly metadata: { readonly name: string } }>(
  name: string,
  items: readonly Item[],
  variable: (item: Item) => EnvVar,
): readonly EnvVar[] {
  const names = items.map(({ metadata }) => metadata.name).join(',');
  return names === '' ? [] : [literal(name, names), ...items.map(variable)];
}

function callTarget(resource: NamedResource): CallTarget {
  const { name, namespace } = resource.metadata;
  return { name, namespace, naming: namingOf(resource) };
}
