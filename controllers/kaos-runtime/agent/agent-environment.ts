import { codeUnitOrder } from '../../data/order.ts';
import type { EnvVar } from '../../kubernetes/pod-spec/variables.ts';
import { type NamedResource, namingOf } from '../../resources/kaos/naming.ts';
import type { AgentConfig } from '../../resources/kaos/runtime-agent.ts';
import type { KaosRuntimeSettings, Settings } from '../../settings.ts';
import { type CallTarget, callAddress, chosenBase } from '../gateway/addresses.ts';
import {
  type ContainerEnvironment,
  literal,
  literalIfAny,
  patchedEnvironment,
  valueIfAny,
} from '../workload/environment.ts';
import { proxyKey } from '../workload/master-key-secret.ts';
import { telemetryVariables } from '../workload/telemetry.ts';
import { currentBase } from './current-base.ts';
import { identity } from './identity.ts';
import { memoryVariables } from './memory-environment.ts';
import type { ObservedAgent } from './observed.ts';
import { reachablePeers } from './peers.ts';

/** The defaults of KAOS's CRD, which nothing fills in offline. */
const MAX_STEPS = 5;
const TOOL_CALL_MODE = 'auto';

/**
 * The environment variables of an agent, in the KAOS operator's order. The user's variables override all others, and take
 * the places that a strategic merge patch gives them; but they can refer to AGENT_NAME: https://github.com/axsaucedo/kaos
 */
export function agentEnvironment(observed: ObservedAgent, settings: Settings): ContainerEnvironment {
  const { name, spec } = observed;
  const { config = {}, container } = spec;
  const base = chosenBase(observed.gateway, currentBase(observed), settings);
  const addressOf: AddressOf = (target) => callAddress(target, base, settings);
  return patchedEnvironment(
    {
      before: [
        literal('AGENT_NAME', name),
        ...literalIfAny('AGENT_DESCRIPTION', config.description),
        ...literalIfAny('AGENT_INSTRUCTIONS', config.instructions),
        ...literalIfAny('AGENT_SYSTEM_PROMPT', config.systemPrompt),
      ],
      after: [
        ...modelVariables(observed, addressOf),
        ...(spec.config ? loopVariables(spec.config) : []),
        ...memoryVariables(observed, { addressOf, verifiedCallers: settings.kaosRuntime.verifiedCallers }),
        ...taskVariables(config),
        ...mcpVariables(observed, addressOf),
        ...peerVariables(observed, addressOf),
        ...keyVariables(observed, settings.kaosRuntime),
        ...telemetryVariables(observed, config.telemetry, settings.kaosRuntime),
        { name: 'LOG_LEVEL', value: settings.kaosRuntime.logLevel },
        ...identity(observed, settings.kaosRuntime).env,
      ],
    },
    container?.env,
  );
}

/** The URL at which the agent calls a resource. */
type AddressOf = (target: CallTarget) => string;

function modelVariables({ spec, modelApi }: ObservedAgent, addressOf: AddressOf): readonly EnvVar[] {
  const address = modelApi && addressOf(callTarget(modelApi));
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

function loopVariables({ reasoningLoopMaxSteps = MAX_STEPS, toolCallMode }: AgentConfig): readonly EnvVar[] {
  return [
    ...valueIfAny('AGENTIC_LOOP_MAX_STEPS', reasoningLoopMaxSteps),
    literal('TOOL_CALL_MODE', toolCallMode || TOOL_CALL_MODE),
  ];
}

/** What the agent does on its own, and the limits of its tasks. */
function taskVariables({ autonomous = {}, taskConfig = {} }: AgentConfig): readonly EnvVar[] {
  return [
    ...literalIfAny('AUTONOMOUS_GOAL', autonomous.goal),
    ...valueIfAny('AUTONOMOUS_INTERVAL_SECONDS', autonomous.intervalSeconds),
    ...valueIfAny('AUTONOMOUS_MAX_ITER_RUNTIME_SECONDS', autonomous.maxIterRuntimeSeconds),
    ...valueIfAny('TASK_MAX_ITERATIONS', taskConfig.maxIterations),
    ...valueIfAny('TASK_MAX_RUNTIME_SECONDS', taskConfig.maxRuntimeSeconds),
    ...valueIfAny('TASK_MAX_TOOL_CALLS', taskConfig.maxToolCalls),
  ];
}

function mcpVariables({ mcpServers }: ObservedAgent, addressOf: AddressOf): readonly EnvVar[] {
  const servers = mcpServers
    .flatMap(({ found }) => found ?? [])
    .sort((a, b) => codeUnitOrder(a.metadata.name, b.metadata.name));
  return withList('MCP_SERVERS', servers, (server) =>
    literal(`MCP_SERVER_${server.metadata.name}_URL`, addressOf(callTarget(server))),
  );
}

function peerVariables(observed: ObservedAgent, addressOf: AddressOf): readonly EnvVar[] {
  return withList('PEER_AGENTS', reachablePeers(observed), (peer) => {
    const name = peer.metadata.name.toUpperCase().replaceAll('-', '_');
    return literal(`PEER_AGENT_${name}_CARD_URL`, addressOf(callTarget(peer)));
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
