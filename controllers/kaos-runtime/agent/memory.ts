import { quote, shown } from '../../data/quote.ts';
import type { Condition } from '../../kubernetes/objects/conditions.ts';
import type { MemoryStoreDependency, ReadScope } from '../../resources/kaos/dependency.ts';
import type { AgentSpec, Memory } from '../../resources/kaos/runtime-agent.ts';
import type { KaosRuntimeSettings } from '../../settings.ts';
import type { SpecComplaint } from '../complaint.ts';
import { type Check, failed, refNotFound, waiting } from '../hold.ts';
import type { ObservedAgent } from './observed.ts';
import { memoryStoreNotFound } from './unresolved.ts';

/** From the narrowest to the widest. */
const SCOPES: readonly ReadScope[] = ['session', 'agent', 'user'];

/** Where an Agent keeps its memory: `local`, in its pods, or `remote`, in a MemoryStore. */
export function memoryType({ type, memoryStore }: Memory): string {
  return type || (memoryStore ? 'remote' : 'local');
}

/** The name of the MemoryStore that an Agent uses; empty if it uses none. */
export function storeName({ config }: AgentSpec): readonly string[] {
  const { memory } = config ?? {};
  return memory?.memoryStore && memoryType(memory) === 'remote' ? [memory.memoryStore] : [];
}

/** How much the Agent may read: what it asks for, else what its store permits; undefined if neither says so. */
export function maxReadScope({ spec, memoryStore }: ObservedAgent): ReadScope | undefined {
  return spec.config?.memory?.maxReadScope ?? (memoryStore?.found && permittedScope(memoryStore.found));
}

function permittedScope({ spec }: MemoryStoreDependency): ReadScope {
  return spec?.maxReadScope || 'agent';
}

/** Why an Agent must do without its MemoryStore, if so. */
function degraded({ memoryStore }: ObservedAgent, settings: KaosRuntimeSettings): Check {
  if (memoryStore === undefined) {
    return false;
  }
  const { name, found } = memoryStore;
  if (found === undefined) {
    return refNotFound(memoryStoreNotFound(name, settings));
  }
  return found.status?.ready !== true && waiting(`MemoryStore ${shown(name)} is not ready`);
}

/** Why the scope that the Agent asks for is not valid, if so, in the words of the KAOS operator. */
function whyNoScope(observed: ObservedAgent, { verifiedCallers }: KaosRuntimeSettings): string | undefined {
  const { spec, memoryStore } = observed;
  const own = spec.config?.memory?.maxReadScope;
  if (own === 'user' && verifiedCallers !== 'users') {
    return 'config.memory.maxReadScope references user scope, but cluster security posture has no user identity';
  }
  const permitted = memoryStore?.found && permittedScope(memoryStore.found);
  return own && permitted && SCOPES.indexOf(own) > SCOPES.indexOf(permitted)
    ? `config.memory.maxReadScope ${quote(own)} exceeds MemoryStore ${quote(memoryStore.name)} maxReadScope ${quote(permitted)}`
    : undefined;
}

/**
 * Checks the scope, then whether the MemoryStore is there for an Agent that has no pods yet. One that runs keeps running
 * without its store.
 */
export function memoryChecks(observed: ObservedAgent, settings: KaosRuntimeSettings): readonly Check[] {
  const { waitForDependencies = true } = observed.spec;
  const why = whyNoScope(observed, settings);
  return [
    why !== undefined && failed('InvalidMemoryReadScope', why),
    waitForDependencies && observed.deployment === undefined && degraded(observed, settings),
  ];
}

/** KAOS's condition MemoryDegraded for an Agent with memory, and Ready, which KAOS sets only for a scope that is not valid. */
export function memoryConditions(observed: ObservedAgent, settings: KaosRuntimeSettings): readonly Condition[] {
  if (observed.spec.config?.memory === undefined) {
    return [];
  }
  const hold = degraded(observed, settings);
  const why = whyNoScope(observed, settings);
  const name = observed.memoryStore?.name;
  const healthy = name === undefined ? 'Memory is healthy' : `MemoryStore ${shown(name)} is ready`;
  return [
    hold === false
      ? { type: 'MemoryDegraded', status: 'False', reason: 'MemoryHealthy', message: healthy }
      : { type: 'MemoryDegraded', status: 'True', reason: 'MemoryStoreNotReady', message: hold.message },
    ...(why === undefined
      ? []
      : [{ type: 'Ready', status: 'False', reason: 'InvalidMemoryReadScope', message: why } as const]),
  ];
}

/** Complaints about fields that have no effect. KAOS's CRD refuses most of these, but not every cluster has its rules. */
export function memoryComplaints({ config }: AgentSpec): readonly SpecComplaint[] {
  const { memory = {} } = config ?? {};
  const messages = memory.memoryStore ? unusedStore(memory) : unusedWithoutStore(memory);
  return messages.map((message) => ({ reason: 'NoMemoryStore', message }));
}

function unusedStore({ type, memoryStore = '' }: Memory): readonly string[] {
  const message = `spec.config.memory.memoryStore: ${quote(memoryStore)} has no effect, because the type is local; set the type to remote`;
  return type === 'local' ? [message] : [];
}

function unusedWithoutStore({ type = '', maxReadScope = 'session', tools = '' }: Memory): readonly string[] {
  const fields = {
    type: type === 'remote' ? type : '',
    maxReadScope: maxReadScope === 'session' ? '' : maxReadScope,
    tools,
  };
  const unused = Object.entries(fields).filter(([, value]) => value !== '');
  return unused.map(
    ([field, value]) =>
      `spec.config.memory.${field}: ${quote(value)} has no effect without memoryStore; set spec.config.memory.memoryStore, or remove the field`,
  );
}
