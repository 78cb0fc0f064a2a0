import { isDeepStrictEqual } from 'node:util';
import type { Api, Stored } from '../cluster/support/api.ts';
import type { Listening } from '../cluster/support/backends.ts';
import { type EnvoyGateway, startEnvoyGateway } from '../cluster/support/envoy-gateway.ts';
import { backendOf, type HttpRoute, routeName, toBackends } from '../cluster/support/example-routes.ts';
import { changeStatus, list } from '../cluster/support/objects.ts';
import { serviceHost } from '../cluster/support/service-network.ts';
import type { Manifest } from '../support/helm.ts';
import { type Repeated, repeat } from './repeat.ts';
import type { Services } from './services.ts';

const GROUP = 'gateway.networking.k8s.io/v1';
/** Where a Service without a ready pod leads: nothing listens there, so Envoy answers 503. */
const NOWHERE: Listening = { host: '127.0.0.1', port: 9 };

/** A gateway in a cluster watches its objects, so it takes them over at once. */
const PAUSE_MS = 50;

interface Surroundings {
  /** The port of this machine at which Envoy listens in place of the Gateway's own. */
  readonly port: number;
  readonly services: Services;
  readonly say: (line: string) => void;
}

/**
 * Runs Envoy Gateway and Envoy for the one Gateway of a cluster, with the cluster's routes as they are now, and writes the
 * statuses of Gateway and routes. Starts them once there is a Gateway.
 */
export function startGateway(api: Api, surroundings: Surroundings): Repeated {
  let envoy: EnvoyGateway | undefined;
  let served: readonly Manifest[] = [];
  const step = async () => {
    const [gateway] = await list(api, GROUP, 'gateways').catch(() => []);
    if (gateway === undefined) {
      return;
    }
    const routes = (await list(api, GROUP, 'httproutes')) as unknown as readonly (HttpRoute & Stored)[];
    const objects = [atPort(gateway, surroundings.port), ...routes.flatMap((route) => servedBy(route, surroundings))];
    if (envoy === undefined) {
      envoy = await startEnvoyGateway(objects, surroundings.port);
      await changeStatus(api, gateway, gatewayStatus(gateway, routes.length));
    } else if (!isDeepStrictEqual(objects, served)) {
      envoy.replace(objects);
    }
    served = objects;
    await Promise.all(routes.map((route) => writeReported(api, route, envoy as EnvoyGateway)));
  };
  const failed = (error: unknown) => surroundings.say(`the gateway: ${error instanceof Error ? error.message : error}`);
  const repeated = repeat(step, failed, PAUSE_MS);
  const stop = async () => {
    await repeated.stop();
    await envoy?.stop();
  };
  return { stop };
}

interface Spec {
  readonly gatewayClassName: string;
  readonly listeners: readonly { readonly name: string; readonly port: number }[];
}

/** The Gateway at the port of this machine, without what only an API server needs. */
function atPort({ apiVersion, kind, metadata, spec }: Manifest, port: number): Manifest {
  const { name, namespace = '' } = metadata;
  const listeners = (spec as Spec).listeners.map((listener) => ({ ...listener, port }));
  return { apiVersion, kind, metadata: { name, namespace }, spec: { ...(spec as Spec), listeners } };
}

/** A route as Envoy Gateway reads it, and the address to which it leads. */
function servedBy({ apiVersion, kind, metadata, spec }: HttpRoute, { services }: Surroundings): Manifest[] {
  const { name, namespace } = metadata;
  const route: HttpRoute = { apiVersion, kind, metadata: { name, namespace }, spec };
  const [backend] = spec.rules[0]?.backendRefs ?? [];
  const address = services.get(serviceHost({ name: backend?.name ?? '', namespace }, backend?.port ?? 80));
  return [toBackends(route), backendOf(route, address ?? NOWHERE)];
}

function gatewayStatus({ spec, metadata }: Stored, attachedRoutes: number): object {
  const { generation = 1 } = metadata;
  const conditions = ['Accepted', 'Programmed'].map((type) => condition(type, generation));
  const listeners = (spec as Spec).listeners.map(({ name }) => ({
    name,
    attachedRoutes,
    supportedKinds: [{ group: 'gateway.networking.k8s.io', kind: 'HTTPRoute' }],
    conditions: [...conditions, condition('ResolvedRefs', generation)],
  }));
  return { addresses: [{ type: 'IPAddress', value: '127.0.0.1' }], conditions, listeners };
}

function condition(type: string, observedGeneration: number): object {
  const lastTransitionTime = new Date().toISOString().replace(/\.\d+/, '');
  return { type, status: 'True', reason: type, message: 'Envoy serves it', observedGeneration, lastTransitionTime };
}

/** Writes what Envoy Gateway reported about a route, if the route does not say so yet. */
async function writeReported(api: Api, route: HttpRoute & Stored, envoy: EnvoyGateway): Promise<void> {
  const reported = envoy.routeStatus(routeName(route));
  if (reported !== undefined && !isDeepStrictEqual(route['status'], reported)) {
    await changeStatus(api, route, reported);
  }
}
