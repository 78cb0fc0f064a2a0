import { shown } from '../../data/quote.ts';
import type { KaosRuntimeSettings } from '../../settings.ts';
import type { ObservedAgent } from './observed.ts';
import { missingPeers } from './peers.ts';

const NO_KIND =
  'the cluster does not have the kind; install the CRDs of KAOS 0.8, then upgrade the release of agent-gateway-hooks';

/** A message for each object that an Agent refers to and cannot use, also if the Agent is held for another reason. */
export function unresolvedMessages(observed: ObservedAgent, settings: KaosRuntimeSettings): readonly string[] {
  const { spec, modelApi, mcpServers, memoryStore } = observed;
  return [
    ...(modelApi === undefined ? [modelApiNotFound(spec.modelAPI)] : []),
    ...mcpServers.filter(({ found }) => found === undefined).map(({ name }) => mcpServerNotFound(name)),
    ...(memoryStore && memoryStore.found === undefined ? [memoryStoreNotFound(memoryStore.name, settings)] : []),
    ...missingPeers(observed),
  ];
}

/** In the words of the KAOS operator, as the next. */
export function modelApiNotFound(name: string): string {
  return `ModelAPI ${shown(name)} not found`;
}

export function mcpServerNotFound(name: string): string {
  return `MCPServer ${shown(name)} not found`;
}

/** Likewise, and why nobody can make one, if so. */
export function memoryStoreNotFound(name: string, { hasMemoryStores }: KaosRuntimeSettings): string {
  const message = `MemoryStore ${shown(name)} not found`;
  return hasMemoryStores ? message : `${message}, because ${NO_KIND}`;
}
