import type { Manifest } from '../../support/helm.ts';
import { runNode } from '../../support/run.ts';
import type { Listening } from './backends.ts';
import { type ServiceTable, serviceHost } from './service-network.ts';

export interface HttpRoute extends Manifest {
  readonly metadata: { readonly name: string; readonly namespace: string };
  readonly spec: { readonly rules: readonly Rule[] };
}

interface Rule {
  readonly matches: readonly { readonly path: { readonly value: string } }[];
  /** Missing while the route is closed. */
  readonly backendRefs?: readonly { readonly name: string; readonly port?: number; readonly weight: number }[];
  readonly timeouts?: { readonly request: string };
}

/** The routes that `render` makes with these arguments; `input` is what it reads as `-`. */
export async function renderRoutes(args: readonly string[], input = ''): Promise<HttpRoute[]> {
  return routesOf(await renderObjects(args, input));
}

/** All objects that `render` makes with these arguments. */
export async function renderObjects(args: readonly string[], input: string): Promise<readonly Manifest[]> {
  const { code, stdout, stderr } = await runNode(['webhooks/command/main.ts', 'render', '--output', 'json', ...args], {
    input,
  });
  if (code !== 0) {
    throw new Error(`render ${args.join(' ')}: ended with ${code}: ${stderr}`);
  }
  const { items }: { readonly items: readonly Manifest[] } = JSON.parse(stdout);
  return items;
}

export function routesOf(objects: readonly Manifest[]): HttpRoute[] {
  return objects.filter((object): object is HttpRoute => object.kind === 'HTTPRoute');
}

/** The name of a route as `namespace/name`. */
export function routeName({ metadata }: HttpRoute): string {
  return `${metadata.namespace}/${metadata.name}`;
}

/** The same route without a timeout, under another path. It keeps its first rule. */
export function withoutTimeout({ metadata, spec, ...route }: HttpRoute, prefix: string): HttpRoute {
  const matches = [{ path: { type: 'PathPrefix', value: prefix } }];
  const rules = spec.rules.slice(0, 1).map(({ timeouts: _, ...rule }) => ({ ...rule, matches }));
  return { ...route, metadata: { ...metadata, name: `${metadata.name}-untimed` }, spec: { ...spec, rules } };
}

/** The path of the route at the gateway. */
export function prefixOf({ spec }: HttpRoute): string {
  return spec.rules[0]?.matches[0]?.path.value ?? '';
}

/** The same route to Backends of Envoy Gateway with the names of the Services, because there are no Services here. */
export function toBackends(route: HttpRoute): HttpRoute {
  const rules = route.spec.rules.map((rule) => ({
    ...rule,
    ...(rule.backendRefs && {
      backendRefs: rule.backendRefs.map(({ name, weight }) => ({ ...BACKEND, name, weight })),
    }),
  }));
  return { ...route, spec: { ...route.spec, rules } };
}

const BACKEND = { group: 'gateway.envoyproxy.io', kind: 'Backend' };

/** The Backend to which a route leads: an address of this machine. */
export function backendOf({ metadata, spec }: HttpRoute, { host, port }: Listening): Manifest {
  const name = spec.rules[0]?.backendRefs?.[0]?.name ?? '';
  return {
    apiVersion: 'gateway.envoyproxy.io/v1alpha1',
    kind: 'Backend',
    metadata: { name, namespace: metadata.namespace },
    spec: { endpoints: [{ ip: { address: host, port } }] },
  };
}

/** These routes and the Backends to which they lead, at the addresses of their Services. */
export function backedRoutes(routes: readonly HttpRoute[], table: ServiceTable): Manifest[] {
  return routes.flatMap((route) => [toBackends(route), backendOf(route, backendIn(table, route))]);
}

function backendIn(table: ServiceTable, { metadata, spec }: HttpRoute): Listening {
  const [backend] = spec.rules[0]?.backendRefs ?? [];
  const host = serviceHost({ name: backend?.name ?? '', namespace: metadata.namespace }, backend?.port ?? 0);
  const listening = table.get(host);
  if (listening === undefined) {
    throw new Error(`${metadata.name}: no Service is ${host}, only ${[...table.keys()]}`);
  }
  return listening;
}
