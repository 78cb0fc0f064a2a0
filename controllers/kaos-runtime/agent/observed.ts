import type { Snapshot } from '../../contract.ts';
import { fitting } from '../../engine/fitting.ts';
import { type Agent, agentReading } from '../../resources/kaos/agent.ts';
import {
  type McpServerDependency,
  type MemoryStoreDependency,
  type ModelApiDependency,
  mcpServerDependencyReading,
  memoryStoreDependencyReading,
  modelApiDependencyReading,
} from '../../resources/kaos/dependency.ts';
import { type AgentSpec, agentSpec, type RuntimeAgent } from '../../resources/kaos/runtime-agent.ts';
import type { Settings } from '../../settings.ts';
import { type Observed, observe } from '../observed.ts';
import { AGENT_CHILD_KINDS, agentChildren } from './children.ts';
import { storeName } from './memory.ts';

/** An Agent, and the objects that it refers to. */
export interface ObservedAgent extends Observed {
  readonly spec: AgentSpec;
  readonly modelApi: ModelApiDependency | undefined;
  /** Each name once. */
  readonly mcpServers: readonly AgentReference<McpServerDependency>[];
  readonly peers: readonly AgentReference<Agent>[];
  /** Undefined if the Agent's memory is in its pods. */
  readonly memoryStore: AgentReference<MemoryStoreDependency> | undefined;
}

/** The name of an object that an Agent refers to, and the object itself if it exists. */
export interface AgentReference<Found> {
  readonly name: string;
  readonly found: Found | undefined;
}

/** Reads an Agent, and finds the objects that it refers to. Only objects of its own namespace count. */
export function observeAgent(snapshot: Snapshot<RuntimeAgent>, settings: Settings): ObservedAgent {
  const { parent, related } = snapshot;
  const { namespace } = parent.metadata;
  const spec = agentSpec(parent);
  const modelApis = fitting(modelApiDependencyReading, related);
  const mcpServers = fitting(mcpServerDependencyReading, related);
  const agents = fitting(agentReading, related);
  const stores = fitting(memoryStoreDependencyReading, related);
  const observed = observe(
    snapshot,
    { kinds: AGENT_CHILD_KINDS, names: agentChildren(parent, settings.kaosRuntime) },
    settings,
  );
  return {
    ...observed,
    spec,
    modelApi: references([spec.modelAPI], modelApis.items, namespace)[0]?.found,
    mcpServers: references(spec.mcpServers ?? [], mcpServers.items, namespace),
    peers: references(spec.agentNetwork?.access ?? [], agents.items, namespace),
    memoryStore: references(storeName(spec), stores.items, namespace)[0],
    problems: [...observed.problems, ...[modelApis, mcpServers, agents, stores].flatMap(({ problems }) => problems)],
  };
}

/** Finds the object of each name. Names stay in the order of their first mention. */
function references<Found extends { readonly metadata: { readonly name: string; readonly namespace: string } }>(
  names: readonly string[],
  items: readonly Found[],
  namespace: string,
): readonly AgentReference<Found>[] {
  const own = items.filter(({ metadata }) => metadata.namespace === namespace);
  const found = new Map(own.map((item) => [item.metadata.name, item]));
  return [...new Set(names)].map((name) => ({ name, found: found.get(name) }));
}
