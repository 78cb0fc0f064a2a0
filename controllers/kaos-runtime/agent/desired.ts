import { codeUnitOrder } from '../../order.ts';
import { shown } from '../../quote.ts';
import type { Settings } from '../../settings.ts';
import { isSupported, listed, supportedModels } from '../model-match.ts';
import { failed, type Hold, type Plan, unresolved, waiting } from '../plan.ts';
import { type Desired, settle } from '../settle.ts';
import { deployment, service } from '../workload.ts';
import type { ObservedAgent } from './observed.ts';
import { missingPeers } from './peers.ts';
import { pod } from './pod.ts';

/** An Agent runs once its model and its MCP servers are there, and ready where it waits for them. */
export function desire(observed: ObservedAgent, settings: Settings): Desired {
  return settle(observed, { plan: () => plan(observed, settings), links: links(observed) }, settings);
}

function plan(observed: ObservedAgent, settings: Settings): Plan {
  return whyNoModel(observed) ?? whyNoMcpServer(observed) ?? run(observed, settings);
}

function whyNoModel({ spec, modelApi }: ObservedAgent): Hold | undefined {
  const name = shown(spec.modelAPI);
  if (modelApi === undefined) {
    return unresolved(`Failed to resolve ModelAPI: ModelAPI.kaos.tools "${name}" not found`);
  }
  if (waits(spec) && modelApi.status?.ready !== true) {
    return waiting('ModelAPI is not ready');
  }
  const models = supportedModels(modelApi.spec);
  return isSupported(spec.model, models)
    ? undefined
    : failed(
        'ModelNotSupported',
        `model "${shown(spec.model)}" not supported by ModelAPI "${name}" (supported: ${listed(models)})`,
      );
}

function whyNoMcpServer({ spec, mcpServers }: ObservedAgent): Hold | undefined {
  for (const { name, found } of mcpServers) {
    if (found === undefined) {
      const server = shown(name);
      return unresolved(`Failed to resolve MCPServer ${server}: MCPServer.kaos.tools "${server}" not found`);
    }
    if (waits(spec) && found.status?.ready !== true) {
      return waiting(`MCPServer ${shown(name)} is not ready`);
    }
  }
  return undefined;
}

function waits({ waitForDependencies = true }: ObservedAgent['spec']): boolean {
  return waitForDependencies;
}

function run(observed: ObservedAgent, settings: Settings): Plan {
  const { spec, exposed } = observed;
  const owner = { ...observed, podSpec: spec.podSpec };
  const { pod: generated, complaints } = pod(observed, settings);
  const reading = deployment(owner, generated, 'DEFAULT_AGENT_IMAGE');
  return reading.outcome === 'hold'
    ? reading
    : {
        outcome: 'run',
        children: [reading.deployment, ...(exposed ? [service(observed)] : [])],
        complaints: [...complaints, ...reading.complaints],
        unresolved: missingPeers(observed),
        problems: [],
      };
}

/** KAOS's status names the model; what else an Agent refers to is beside it. */
function links({ spec, mcpServers, peers }: ObservedAgent): Readonly<Record<string, string>> {
  const all = {
    modelapi: spec.modelAPI,
    mcpServers: joined(mcpServers),
    peerAgents: joined(peers),
  };
  return Object.fromEntries(Object.entries(all).filter(([, names]) => names !== ''));
}

function joined(references: readonly { readonly name: string }[]): string {
  return references
    .map(({ name }) => name)
    .sort(codeUnitOrder)
    .join(',');
}
