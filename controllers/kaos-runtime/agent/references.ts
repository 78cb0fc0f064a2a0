import { namesOf, type ObjectName } from '../../endpoint.ts';
import type { KindNames } from '../../reading.ts';
import type { Reference, ReferenceProblem } from '../../reference.ts';
import { agentReading } from '../../resources/kaos/agent.ts';
import {
  mcpServerDependencyReading,
  memoryStoreDependencyReading,
  modelApiDependencyReading,
} from '../../resources/kaos/dependency.ts';
import { isSupported, supportedModels } from '../model-match.ts';
import type { AgentReference, ObservedAgent } from './observed.ts';
import { peerProblem } from './peers.ts';

/** The Agent's ModelAPI, MCPServers, MemoryStore and peers. */
export function references(observed: ObservedAgent): readonly Reference[] {
  const { spec, mcpServers, memoryStore, peers } = observed;
  const from = namesOf(observed.resource);
  const to = ({ apiVersion, kind }: Pick<KindNames, 'apiVersion' | 'kind'>, name: string): ObjectName => ({
    ...{ apiVersion, kind, namespace: from.namespace, name },
  });
  const modelApi = { from, to: to(modelApiDependencyReading, spec.modelAPI), problem: modelProblem(observed) };
  return [
    ...(spec.modelAPI === '' ? [] : [modelApi]),
    ...mcpServers.map((server) => ({
      from,
      to: to(mcpServerDependencyReading, server.name),
      problem: missing(server),
    })),
    ...(memoryStore === undefined
      ? []
      : [{ from, to: to(memoryStoreDependencyReading, memoryStore.name), problem: missing(memoryStore) }]),
    ...peers.map((peer) => ({ from, to: to(agentReading, peer.name), problem: peerProblem(peer) })),
  ];
}

function missing({ found }: AgentReference<unknown>): ReferenceProblem | undefined {
  return found === undefined ? 'not found' : undefined;
}

function modelProblem({ spec, modelApi }: ObservedAgent): ReferenceProblem | undefined {
  if (modelApi === undefined) {
    return 'not found';
  }
  return isSupported(spec.model, supportedModels(modelApi.spec)) ? undefined : 'does not have the model';
}
