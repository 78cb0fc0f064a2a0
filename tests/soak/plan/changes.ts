import { oneOf } from '../../bench/random.ts';
import {
  agentManifest,
  foreignManifest,
  gatewayManifest,
  kaosManifest,
  NAMESPACES,
  type Written,
} from './manifests.ts';
import { type A2aAgent, type Gateway, type KaosResource, keyOf, routeNameOf, type Url, type World } from './world.ts';

/** A write to the cluster. */
export type Change =
  | ({ readonly type: 'put' } & Written)
  | { readonly type: 'remove'; readonly object: Written['object'] };

/** Something that users do. It changes the world and returns the writes; none if it is not possible now. */
interface Doing {
  readonly what: string;
  readonly act: (world: World, random: () => number) => readonly Change[];
}

const [MOST_KAOS, MOST_AGENTS, MOST_FOREIGN] = [40, 50, 3];
const KINDS = ['Agent', 'ModelAPI', 'MCPServer'] as const;
/** Few names, so that a name comes again after its owner has gone, and agents of two namespaces have the same one. */
const NAMES = 30;
/** The CRD accepts these, and Gateway API does not. */
const HOSTILE_TIMEOUTS = ['123456s', '999999ms', '1234567h'] as const;
const BROKEN_URLS = [
  'ftp://files.example',
  'http://',
  'not an address',
  'javascript:alert(1)',
  'http://a b:8000/',
] as const;

/** What happens more often is listed more often. */
export const CHANGES: readonly [Doing, ...Doing[]] = [
  { what: 'KAOS resource appears', act: appearKaos },
  { what: 'KAOS resource appears', act: appearKaos },
  { what: 'KAOS resource changes', act: changeKaos },
  { what: 'KAOS resource changes', act: changeKaos },
  { what: 'KAOS resource vanishes', act: (world, random) => vanishKaos(world.kaos, random) },
  { what: 'agent appears', act: appearAgent },
  { what: 'agent appears', act: appearAgent },
  { what: 'agent changes', act: changeAgent },
  { what: 'agent changes', act: changeAgent },
  { what: 'agent vanishes', act: (world, random) => vanishAgent(world.agents, random) },
  { what: 'gateway appears', act: appearGateway },
  { what: 'gateway changes', act: changeGateway },
  { what: 'gateway vanishes', act: seldom((world, random) => vanishGateway(world.gateways, random)) },
  { what: 'foreign route appears', act: appearForeign },
  { what: 'foreign route vanishes', act: vanishForeign },
];

/** A gateway needs some seconds for each rollout, so it lives longer than other things. */
function seldom(act: Doing['act']): Doing['act'] {
  return (world, random) => (random() < 0.3 ? act(world, random) : []);
}

interface Item {
  readonly namespace: string;
  readonly name: string;
  readonly kind?: string;
}

function put<Kept extends Item>(all: Map<string, Kept>, item: Kept, toManifest: (item: Kept) => Written): Change {
  all.set(keyOf(item), item);
  return { type: 'put', ...toManifest(item) };
}

function removed<Kept extends Item>(all: Map<string, Kept>, item: Kept, toManifest: (item: Kept) => Written): Change {
  all.delete(keyOf(item));
  return { type: 'remove', object: toManifest(item).object };
}

/** One of these goes, unless only so many are left. */
function vanishing<Kept extends Item>(toManifest: (item: Kept) => Written, least: number) {
  return (all: Map<string, Kept>, random: () => number): readonly Change[] => {
    const item = anyOf(all, random);
    return item === undefined || all.size <= least ? [] : [removed(all, item, toManifest)];
  };
}

const vanishKaos = vanishing(kaosManifest, 12);
const vanishAgent = vanishing(agentManifest, 12);
const vanishGateway = vanishing(gatewayManifest, 1);

function anyOf<Value>(map: ReadonlyMap<string, Value>, random: () => number): Value | undefined {
  return [...map.values()][Math.floor(random() * map.size)];
}

function newName(random: () => number): { readonly namespace: string; readonly name: string } {
  return { namespace: oneOf(NAMESPACES, random), name: `n${Math.floor(random() * NAMES)}` };
}

function appearKaos(world: World, random: () => number): readonly Change[] {
  const item: KaosResource = {
    kind: oneOf(KINDS, random),
    ...newName(random),
    timeout: timeoutOf(random),
    exposed: true,
  };
  return world.kaos.has(keyOf(item)) || world.kaos.size >= MOST_KAOS ? [] : [put(world.kaos, item, kaosManifest)];
}

function changeKaos(world: World, random: () => number): readonly Change[] {
  const item = anyOf(world.kaos, random);
  const exposed = item?.kind !== 'Agent' || random() < 0.7;
  return item === undefined ? [] : [put(world.kaos, { ...item, timeout: timeoutOf(random), exposed }, kaosManifest)];
}

function timeoutOf(random: () => number): string | undefined {
  const valid = `${10 + Math.floor(random() * 50)}s`;
  return oneOf([valid, valid, valid, undefined, oneOf(HOSTILE_TIMEOUTS, random)], random);
}

function appearAgent(world: World, random: () => number): readonly Change[] {
  const named = newName(random);
  const item: A2aAgent = { ...named, exposed: random() < 0.9, url: urlOf(named, random) };
  return world.agents.has(keyOf(item)) || world.agents.size >= MOST_AGENTS
    ? []
    : [put(world.agents, item, agentManifest)];
}

function changeAgent(world: World, random: () => number): readonly Change[] {
  const item = anyOf(world.agents, random);
  return item === undefined
    ? []
    : [put(world.agents, { ...item, exposed: random() < 0.8, url: urlOf(item, random) }, agentManifest)];
}

function urlOf({ namespace, name }: Pick<A2aAgent, 'namespace' | 'name'>, random: () => number): Url {
  const port = 8000 + Math.floor(random() * 100);
  const text = `http://${name}.${namespace}.svc.cluster.local:${port}/.well-known/agent-card.json`;
  return random() < 0.2 ? { text: oneOf(BROKEN_URLS, random), broken: true } : { text, broken: false };
}

const GATEWAY_NAMES = ['front', 'back'] as const;

function appearGateway(world: World, random: () => number): readonly Change[] {
  const missing = GATEWAY_NAMES.filter((name) => !world.gateways.has(`red/gateway-${name}`));
  return missing.map((name) =>
    put(world.gateways, gatewayWith({ namespace: 'red', name: `gateway-${name}` }, random), gatewayManifest),
  );
}

function changeGateway(world: World, random: () => number): readonly Change[] {
  const item = anyOf(world.gateways, random);
  return item === undefined ? [] : [put(world.gateways, gatewayWith(item, random), gatewayManifest)];
}

function gatewayWith({ namespace, name }: Pick<Gateway, 'namespace' | 'name'>, random: () => number): Gateway {
  const replicas = 1 + Math.floor(random() * 3);
  return { namespace, name, replicas, timeoutSeconds: 60 + Math.floor(random() * 60) };
}

/** Somebody takes the name of a route, and then a resource comes whose route would have it. */
function appearForeign(world: World, random: () => number): readonly Change[] {
  const kind = oneOf(KINDS, random);
  const namespace = oneOf(NAMESPACES, random);
  // A name that nobody had before: the route of an earlier owner may not be gone yet.
  const name = `f${Math.floor(random() * 1e9)}`;
  const route = { namespace, name: routeNameOf({ kind, name }), mark: `theirs-${name}` };
  return world.foreign.size >= MOST_FOREIGN
    ? []
    : [
        put(world.foreign, route, foreignManifest),
        put(world.kaos, { kind, namespace, name, timeout: undefined, exposed: true }, kaosManifest),
      ];
}

/** Metacontroller is not told that the name is free, so the user of the resource touches it. */
function vanishForeign(world: World, random: () => number): readonly Change[] {
  const route = anyOf(world.foreign, random);
  if (route === undefined) {
    return [];
  }
  const held = [...world.kaos.values()].filter(
    (item) => item.namespace === route.namespace && routeNameOf(item) === route.name,
  );
  const touched = held.map((item) =>
    put(world.kaos, { ...item, timeout: `${10 + Math.floor(random() * 50)}s` }, kaosManifest),
  );
  return [removed(world.foreign, route, foreignManifest), ...touched];
}
