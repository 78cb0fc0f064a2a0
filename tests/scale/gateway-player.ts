import type { Stored } from '../cluster/support/api.ts';
import { inParallel } from '../cluster/support/in-parallel.ts';
import { repeat } from '../local-cluster/repeat.ts';
import { writeStatus } from './collections.ts';
import { GATEWAY } from './kaos-resources.ts';
import type { Player } from './scale-case.ts';
import { done, watch } from './watch.ts';

const GROUP = '/apis/gateway.networking.k8s.io/v1';
/** A controller of gateways collects changes while it translates those before. */
const PAUSE_MS = 250;
const AT_A_TIME = 20;
const NOW = '2026-01-01T00:00:00Z';

/**
 * Plays the controller of the Gateway, as Envoy Gateway acts: accepts each route, and writes after each round how many are
 * attached. A route that is accepted already is left as it is.
 */
export const playGateway: Player = (api) => {
  const waiting = new Map<string, Stored>();
  const attached = new Set<string>();
  let written = -1;
  const watched = watch(api, `${GROUP}/httproutes`, ({ type, object }) => {
    const path = pathOfRoute(object);
    if (type === 'DELETED') {
      attached.delete(path);
    } else if (acceptedGeneration(object) !== object.metadata.generation) {
      waiting.set(path, object);
    } else {
      attached.add(path);
    }
  });
  const step = async () => {
    await inParallel([...waiting], AT_A_TIME, async ([path, route]) => {
      await writeStatus(api, path, { parents: [accepted(route)] });
      attached.add(path);
      done(waiting, path, route);
    });
    if (attached.size !== written) {
      await writeStatus(api, pathOfGateway(), gatewayStatus(attached.size));
      written = attached.size;
    }
  };
  const repeated = repeat(step, (error) => process.stderr.write(`the Gateway's controller: ${error}\n`), PAUSE_MS);
  const isIdle = () => waiting.size === 0 && written === attached.size;
  return { isIdle, stop: () => Promise.all([watched.stop(), repeated.stop()]) };
};

function pathOfRoute({ metadata }: Stored): string {
  return `${GROUP}/namespaces/${metadata.namespace}/httproutes/${metadata.name}`;
}

function pathOfGateway(): string {
  return `${GROUP}/namespaces/${GATEWAY.metadata.namespace}/gateways/${GATEWAY.metadata.name}`;
}

interface RouteStatus {
  readonly parents?: readonly { readonly conditions?: readonly { readonly observedGeneration?: number }[] }[];
}

function acceptedGeneration(route: Stored): number | undefined {
  return ((route['status'] ?? {}) as RouteStatus).parents?.[0]?.conditions?.[0]?.observedGeneration;
}

function accepted({ metadata }: Stored): object {
  const { namespace, name } = GATEWAY.metadata;
  return {
    controllerName: 'example.com/scale',
    parentRef: { group: 'gateway.networking.k8s.io', kind: 'Gateway', namespace, name },
    conditions: [condition('Accepted', metadata.generation), condition('ResolvedRefs', metadata.generation)],
  };
}

function gatewayStatus(attachedRoutes: number): object {
  const conditions = [condition('Accepted', 1), condition('Programmed', 1)];
  const supportedKinds = [{ group: 'gateway.networking.k8s.io', kind: 'HTTPRoute' }];
  return {
    addresses: [{ type: 'IPAddress', value: '192.0.2.10' }],
    conditions,
    listeners: [{ name: 'http', attachedRoutes, supportedKinds, conditions }],
  };
}

function condition(type: string, observedGeneration: number | undefined): object {
  return { type, status: 'True', reason: type, message: '', observedGeneration, lastTransitionTime: NOW };
}
