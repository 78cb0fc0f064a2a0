import { isDeepStrictEqual } from 'node:util';
import type { Api, Stored } from '../cluster/support/api.ts';
import { changeStatus, list } from '../cluster/support/objects.ts';
import type { Manifest } from '../support/helm.ts';
import { type Repeated, repeat } from './repeat.ts';

const GROUP = 'gateway.networking.k8s.io/v1';
const CONTROLLER = 'example.com/gateway-controller';

/** A class of Gateways that nobody serves: only their statuses are written. */
export const STATUS_CLASS: Manifest = {
  apiVersion: GROUP,
  kind: 'GatewayClass',
  metadata: { name: 'only-status' },
  spec: { controllerName: CONTROLLER },
};

/** Writes the statuses of classes, Gateways and routes as a gateway implementation does, without serving anything. */
export function startGatewayStatus(api: Api, say: (line: string) => void): Repeated {
  const step = async () => {
    const [classes, gateways, routes] = await Promise.all(
      ['gatewayclasses', 'gateways', 'httproutes'].map((resource) => list(api, GROUP, resource)),
    );
    for (const each of classes ?? []) {
      await write(api, each, { conditions: [condition(each, 'Accepted')] });
    }
    for (const each of gateways ?? []) {
      const conditions = [condition(each, 'Accepted'), condition(each, 'Programmed')];
      await write(api, each, { addresses: [{ type: 'IPAddress', value: '192.0.2.10' }], conditions });
    }
    for (const each of routes ?? []) {
      await write(api, each, routeStatus(each, gateways ?? []));
    }
  };
  return repeat(step, (error) => say(`the statuses of the gateway: ${error}`), 200);
}

interface RouteSpec {
  readonly parentRefs: readonly { readonly name: string; readonly namespace?: string }[];
}

/** Without its Gateway, nobody reports anything about a route. */
function routeStatus(route: Stored, gateways: readonly Stored[]): object {
  const { parentRefs } = route['spec'] as RouteSpec;
  const parents = parentRefs.flatMap((parentRef) => {
    const { name, namespace = route.metadata.namespace } = parentRef;
    const gateway = gateways.find(({ metadata }) => metadata.name === name && metadata.namespace === namespace);
    return gateway === undefined
      ? []
      : [{ parentRef, controllerName: CONTROLLER, conditions: conditionsOf(route, gateway) }];
  });
  return { parents };
}

interface GatewaySpec {
  readonly listeners: readonly {
    readonly allowedRoutes?: { readonly namespaces?: { readonly from?: string } };
  }[];
}

function conditionsOf(route: Stored, gateway: Stored): readonly object[] {
  const { listeners } = gateway['spec'] as GatewaySpec;
  const isAllowed = listeners.some(
    ({ allowedRoutes }) =>
      allowedRoutes?.namespaces?.from === 'All' || route.metadata.namespace === gateway.metadata.namespace,
  );
  const accepted = isAllowed ? condition(route, 'Accepted') : condition(route, 'Accepted', 'NotAllowedByListeners');
  return [accepted, condition(route, 'ResolvedRefs')];
}

function condition({ metadata }: Stored, type: string, refusal?: string): object {
  return {
    type,
    status: refusal === undefined ? 'True' : 'False',
    reason: refusal ?? type,
    message: refusal === undefined ? 'all is well' : 'no listener accepts routes from this namespace',
    observedGeneration: metadata.generation ?? 1,
    lastTransitionTime: '2026-01-01T00:00:00Z',
  };
}

async function write(api: Api, object: Stored, status: object): Promise<void> {
  const before = (object['status'] ?? {}) as Readonly<Record<string, unknown>>;
  if (!Object.entries(status).every(([name, value]) => isDeepStrictEqual(before[name], value))) {
    await changeStatus(api, object, status);
  }
}
