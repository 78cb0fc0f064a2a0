import { shown } from '../../data/quote.ts';
import type { ObservedAgent } from './observed.ts';
import { missingPeers } from './peers.ts';

/** A message for each object that an Agent refers to and cannot use, also if the Agent is held for another reason. */
export function unresolvedMessages(observed: ObservedAgent): readonly string[] {
  const { spec, modelApi, mcpServers } = observed;
  return [
    ...(modelApi === undefined ? [modelApiNotFound(spec.modelAPI)] : []),
    ...mcpServers.filter(({ found }) => found === undefined).map(({ name }) => mcpServerNotFound(name)),
    ...missingPeers(observed),
  ];
}

/** In the words of the KAOS operator. */
export function modelApiNotFound(name: string): string {
  return `Failed to resolve ModelAPI: ModelAPI.kaos.tools "${shown(name)}" not found`;
}

/** In the words of the KAOS operator. */
export function mcpServerNotFound(name: string): string {
  return `Failed to resolve MCPServer ${shown(name)}: MCPServer.kaos.tools "${shown(name)}" not found`;
}
