import { codeUnitOrder } from '../../data/order.ts';
import { shown } from '../../data/quote.ts';
import type { Settings } from '../../settings.ts';
import { isSupported, listed, supportedModels } from '../model-match.ts';
import { failed, type Hold, type Plan, unresolved, waiting, withComplaints } from '../plan.ts';
import { type Desired, settle } from '../settle.ts';
import { deployment, planOf, service } from '../workload/workload.ts';
import type { ObservedAgent } from './observed.ts';
import { missingPeers } from './peers.ts';
import { pod } from './pod.ts';

/** An Agent runs once its model and its MCP servers are there, and ready where it waits for them. */
export function desire(observed: ObservedAgent, settings: Settings): Desired {
  const proposal = { plan: plan(observed, settings), unresolved: unresolvedNames(observed), links: links(observed) };
  return settle(observed, proposal, settings);
}

function plan(observed: ObservedAgent, settings: Settings): Plan {
  const running = run(observed, settings);
  const hold = whyNoModel(observed) ?? whyNoMcpServer(observed);
  return hold ? withComplaints(hold, running) : running;
}

function whyNoModel({ spec, modelApi }: ObservedAgent): Hold | undefined {
  const name = shown(spec.modelAPI);
  if (modelApi === undefined) {
    return unresolved(noModelApi(spec));
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
      return unresolved(noMcpServer(name));
    }
    if (waits(spec) && found.status?.ready !== true) {
      return waiting(`MCPServer ${shown(name)} is not ready`);
    }
  }
  return undefined;
}

/** All that is not there, also where the first of it keeps the Agent from running. */
function unresolvedNames(observed: ObservedAgent): readonly string[] {
  const { spec, modelApi, mcpServers } = observed;
  return [
    ...(modelApi === undefined ? [noModelApi(spec)] : []),
    ...mcpServers.filter(({ found }) => found === undefined).map(({ name }) => noMcpServer(name)),
    ...missingPeers(observed),
  ];
}

function noModelApi({ modelAPI }: ObservedAgent['spec']): string {
  return `Failed to resolve ModelAPI: ModelAPI.kaos.tools "${shown(modelAPI)}" not found`;
}

function noMcpServer(name: string): string {
  return `Failed to resolve MCPServer ${shown(name)}: MCPServer.kaos.tools "${shown(name)}" not found`;
}

function waits({ waitForDependencies = true }: ObservedAgent['spec']): boolean {
  return waitForDependencies;
}

function run(observed: ObservedAgent, settings: Settings): Plan {
  const { exposed } = observed;
  const { pod: generated, complaints } = pod(observed, settings);
  const reading = deployment(observed, generated, 'DEFAULT_AGENT_IMAGE');
  return planOf(reading, { children: exposed ? [service(observed)] : [], complaints });
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

/** A status has no room for thousands. */
const MOST_LINKS = 100;

function joined(references: readonly { readonly name: string }[]): string {
  const names = references.map(({ name }) => name).sort(codeUnitOrder);
  const others = names.length - MOST_LINKS;
  return [...names.slice(0, MOST_LINKS), ...(others > 0 ? [`and ${others} more`] : [])].join(',');
}
