import { shown } from '../../data/quote.ts';
import type { ObservedAgent } from './observed.ts';
import { missingPeers } from './peers.ts';

/** A message for each object that an Agent refers to and cannot use, also if the Agent is held for another reason. */
export function unresolvedMessages(observed: ObservedAgent): readonly string[] {
  const { spec, modelApi, mcpServers, memoryStore } = observed;
  return [
    ...(modelApi === undefined ? [modelApiNotFound(spec.modelAPI)] : []),
    ...mcpServers.filter(({ found }) => found === undefined).map(({ name }) => mcpServerNotFound(name)),
    ...(memoryStore && memoryStore.found === undefined ? [memoryStoreNotFound(memoryStore.name)] : []),
    ...missingPeers(observed),
  ];
}

/** In the words of the KAOS operator, as the next two. */
export function modelApiNotFound(name: string): string {
  return `ModelAPI ${shown(name)} not found`;
}

export function mcpServerNotFound(name: string): string {
  return `MCPServer ${shown(name)} not found`;
}

export function memoryStoreNotFound(name: string): string {
  return `MemoryStore ${shown(name)} not found`;
}
