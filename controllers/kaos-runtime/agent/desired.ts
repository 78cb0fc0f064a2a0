import { shown } from '../../data/quote.ts';
import type { AgentSpec } from '../../resources/kaos/runtime-agent.ts';
import type { Settings } from '../../settings.ts';
import { chosenBase } from '../gateway/addresses.ts';
import { unreachableMessages } from '../gateway/unreachable.ts';
import { type Check, failed, type Hold, refNotFound, waiting } from '../hold.ts';
import { isSupported, listed, supportedModels } from '../model-match.ts';
import { type Desired, settle } from '../settle.ts';
import { imageNotSet, mergedPod, planOf, service } from '../workload/workload.ts';
import { currentBase } from './current-base.ts';
import { identity } from './identity.ts';
import { links } from './links.ts';
import { memoryChecks, memoryComplaints, memoryConditions } from './memory.ts';
import type { ObservedAgent } from './observed.ts';
import { reachablePeers } from './peers.ts';
import { agentPod } from './pod.ts';
import { mcpServerNotFound, modelApiNotFound, unresolvedMessages } from './unresolved.ts';

/**
 * Runs an Agent if its ModelAPI and its MCPServers exist and, unless `waitForDependencies` is false, are ready. An Agent that
 * does not run yet then also waits for its MemoryStore.
 */
export function desire(observed: ObservedAgent, settings: Settings): Desired {
  const { podSpec, port, complaints, remarks } = agentPod(observed, settings);
  const { account, children: accounts } = identity(observed, settings.kaosRuntime);
  const plan = planOf(observed, mergedPod(observed, { podSpec, account }, settings.kaosRuntime), {
    children: [...(observed.exposed ? [service(observed, port)] : []), ...accounts],
    complaints: [...complaints, ...memoryComplaints(observed.spec)],
    remarks,
    noImageMessage: imageNotSet('DEFAULT_AGENT_IMAGE'),
  });
  return settle(
    observed,
    {
      plan,
      checks: [...dependencyChecks(observed), ...memoryChecks(observed, settings.kaosRuntime)],
      unresolved: unresolvedMessages(observed, settings.kaosRuntime),
      unreachable: unreachable(observed, settings),
      links: links(observed),
      conditions: memoryConditions(observed, settings.kaosRuntime),
    },
    settings,
  );
}

/** Checks that the ModelAPI exists, is ready and has the model; then that each MCPServer exists and is ready. */
function dependencyChecks({ spec, modelApi, mcpServers }: ObservedAgent): readonly Check[] {
  const { waitForDependencies = true, model, modelAPI } = spec;
  const models = supportedModels(modelApi?.spec);
  return [
    modelApi === undefined && refNotFound(modelApiNotFound(modelAPI)),
    waitForDependencies && modelApi?.status?.ready !== true && waiting('ModelAPI is not ready'),
    !isSupported(model, models) && notSupported(spec, models),
    ...mcpServers.flatMap(({ name, found }) => [
      found === undefined && refNotFound(mcpServerNotFound(name)),
      waitForDependencies && found?.status?.ready !== true && waiting(`MCPServer ${shown(name)} is not ready`),
    ]),
  ];
}

function notSupported({ model, modelAPI }: AgentSpec, models: readonly string[]): Hold {
  const message = `model "${shown(model)}" not supported by ModelAPI "${shown(modelAPI)}" (supported: ${listed(models)})`;
  return failed('ModelNotSupported', message);
}

function unreachable(observed: ObservedAgent, settings: Settings): readonly string[] {
  const { modelApi, mcpServers, memoryStore } = observed;
  const found = [modelApi, ...mcpServers.map((server) => server.found), memoryStore?.found];
  const called = [...found.filter((one) => one !== undefined), ...reachablePeers(observed)];
  const throughGateway = chosenBase(observed.gateway, currentBase(observed), settings) !== undefined;
  return unreachableMessages(observed, { called, throughGateway }, settings);
}
