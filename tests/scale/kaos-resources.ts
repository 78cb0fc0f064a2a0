import { type Api, pathOf, read, type Stored } from '../cluster/support/api.ts';
import { change } from '../cluster/support/objects.ts';
import type { Manifest } from '../support/helm.ts';
import { writeStatus } from './collections.ts';
import type { Change, Size } from './scale-case.ts';

/** The resources of one team: its model, two MCP servers, and agents that use them. */
const TEAM = 10;

/** The Gateway of the chart's default name, in the namespace in which the tests install the chart. */
export const GATEWAY: Manifest = {
  apiVersion: 'gateway.networking.k8s.io/v1',
  kind: 'Gateway',
  metadata: { namespace: 'kaos-system', name: 'kaos-gateway' },
  spec: {
    gatewayClassName: 'scale',
    listeners: [{ name: 'http', port: 80, protocol: 'HTTP', allowedRoutes: { namespaces: { from: 'All' } } }],
  },
};

/** KAOS resources in teams of ten. Each agent calls the agent before it in its team. */
export function kaosResources({ count, namespaces }: Size): readonly Manifest[] {
  return Array.from({ length: count }, (_, index) => {
    const team = Math.floor(index / TEAM);
    return resource(index, team * TEAM, `kaos-${team % namespaces}`);
  });
}

function resource(index: number, first: number, namespace: string): Manifest {
  const of = (kind: string, spec: object) => ({
    apiVersion: 'kaos.tools/v1alpha1',
    kind,
    metadata: { namespace, name: nameOf(index) },
    spec,
  });
  switch (index - first) {
    case 0:
      return of('ModelAPI', { mode: 'Proxy', proxyConfig: { models: ['openai/*'] } });
    case 1:
    case 2:
      return of('MCPServer', { runtime: 'custom', container: { image: 'example/tools:1' } });
    case 3:
      return of('Agent', agentSpec(first, []));
    default:
      return of('Agent', agentSpec(first, [nameOf(index - 1)]));
  }
}

function nameOf(index: number): string {
  return `resource-${index}`;
}

function agentSpec(first: number, access: readonly string[]): object {
  const agentNetwork = { access };
  return { modelAPI: nameOf(first), model: 'openai/gpt-4o', mcpServers: [nameOf(first + 1)], agentNetwork };
}

/** The first agent, which all sizes from 4 on have. */
const AGENT: Manifest = {
  apiVersion: 'kaos.tools/v1alpha1',
  kind: 'Agent',
  metadata: { namespace: 'kaos-0', name: nameOf(3) },
};
const ROUTE: Manifest = {
  apiVersion: 'gateway.networking.k8s.io/v1',
  kind: 'HTTPRoute',
  metadata: { namespace: 'kaos-0', name: `agent-${nameOf(3)}` },
};

/** A user changes one agent, so that its route and its pods change. */
export const agentSpecChange: Change = {
  name: "one agent's spec",
  make: (api) => change(api, AGENT, { spec: { gatewayRoute: { timeout: '77s' }, config: { description: 'changed' } } }),
};

/** A Gateway reports something else about one route. */
export const routeStatusChange: Change = {
  name: "one route's status",
  make: async (api) => writeStatus(api, await pathOf(api, ROUTE), { parents: await changedParents(api) }),
};

/** One more route attaches to the Gateway, as far as its status tells. */
export const gatewayStatusChange: Change = {
  name: "the Gateway's status",
  make: async (api) => {
    const { listeners = [] } = ((await read(api, GATEWAY))?.['status'] ?? {}) as GatewayStatus;
    const more = listeners.map((listener) => ({ ...listener, attachedRoutes: listener.attachedRoutes + 1 }));
    await writeStatus(api, await pathOf(api, GATEWAY), { listeners: more });
  },
};

interface GatewayStatus {
  readonly listeners?: readonly { readonly attachedRoutes: number }[];
}

interface RouteStatus {
  readonly parents?: readonly { readonly conditions: readonly object[] }[];
}

async function changedParents(api: Api): Promise<readonly object[]> {
  const route = (await read(api, ROUTE)) as Stored;
  const { parents = [] } = (route['status'] ?? {}) as RouteStatus;
  const conditions = (parent: { readonly conditions: readonly object[] }) =>
    parent.conditions.map((condition) => ({ ...condition, message: 'reported again' }));
  return parents.map((parent) => ({ ...parent, conditions: conditions(parent) }));
}
