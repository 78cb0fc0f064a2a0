import { codeUnitOrder } from '../../controllers/data/order.ts';
import { oneLine } from '../../controllers/data/quote.ts';
import type { ObjectName } from '../../controllers/endpoint.ts';
import { keyOfName } from '../evaluate/object-name.ts';
import { type Graph, type GraphEdge, type GraphNode, ROLES } from './graph.ts';
import type { Group } from './group.ts';
import type { Entry, Item, Route } from './item.ts';
import { clientsNode, gatewayNode, groupNode, nodeId, type Whereabouts } from './nodes.ts';
import { BY_MODEL } from './routes.ts';
import { ofRefusal, SIGNS, stateText } from './state.ts';

/** Draws the groups, the gateways before them, and who calls those. */
export function buildGraph(groups: readonly Group[], idOf: IdOf): Graph {
  const passes = groups
    .flatMap(({ items }) => items)
    .flatMap(({ routes }) => routes.flatMap((route) => passesOf(route, idOf)));
  const hosts = Map.groupBy(passes, ({ entry }) => idOf(keyOfName(entry.gateway)));
  const own = new Set(groups.map(({ key }) => idOf(key)));
  const others = [...hosts].flatMap(([id, [first]]) =>
    own.has(id) || first === undefined ? [] : [gatewayNode(first.entry.gateway, id)],
  );
  const clients = [...new Set(passes.map(({ where }) => where))].map(clientsNode);
  const resources = [...others, ...groups.map((group) => groupNode(group, idOf))];
  const nodes = [...clients, ...resources.map((node) => withHosts(node, hosts.get(node.id) ?? []))];
  const edges = [
    ...entryEdges(passes),
    ...groups.flatMap((group) => [...callEdges(group, idOf), ...refusalEdges(group, idOf), ...useEdges(group, idOf)]),
  ];
  return { nodes: sortedNodes(nodes), edges: drawable(edges, nodes) };
}

/** A gateway has a row for each of its host names. */
function withHosts(node: GraphNode, passes: readonly Pass[]): GraphNode {
  const byHost = Map.groupBy(passes, ({ entry }) => entry.host ?? 'any host name');
  const rows = [...byHost]
    .sort(([a], [b]) => codeUnitOrder(a, b))
    .map(([host, each]) => ({
      access: accessOfAll(each),
      text: oneLine(host),
      through: `clients_${each[0]?.where}`,
    }));
  const more = rows.length - MOST_HOSTS;
  const shown =
    more > 0
      ? [...rows.slice(0, MOST_HOSTS), { access: undefined, text: `and ${more} more`, through: undefined }]
      : rows;
  return { ...node, rows: [...shown, ...node.rows] };
}

/** The most host names of a gateway that are drawn. */
const MOST_HOSTS = 4;

type IdOf = (key: string) => string;

/** The id of the node of a resource, or of the group to which it belongs. */
export function idsOf(groups: readonly Group[]): IdOf {
  const ids = new Map(
    groups.flatMap(({ key, kind, namespace, items }) => {
      const [first, second] = items;
      const name = first !== undefined && second === undefined ? first.names.name : `all ${namespace ?? ''}`;
      const id = nodeId(kind, name, key);
      return [[key, id] as const, ...items.map(({ names }) => [keyOfName(names), id] as const)];
    }),
  );
  return (key) => {
    const id = ids.get(key) ?? nodeId('gateway', key.slice(key.lastIndexOf('/') + 1), key);
    ids.set(key, id);
    return id;
  };
}

/** A call that passes a gateway on its way to a route. */
interface Pass {
  readonly where: Whereabouts;
  readonly entry: Entry;
  readonly first: string;
  readonly last: string;
  readonly access: string;
}

function passesOf({ through, access, entries }: Route, idOf: IdOf): readonly Pass[] {
  return entries.map((entry) => ({
    where: isOutside(entry.gateway) ? 'outside' : 'inside',
    ...{ entry, first: idOf(keyOfName(entry.gateway)), last: idOf(through), access },
  }));
}

function isOutside({ kind }: ObjectName): boolean {
  return kind !== 'AgentGateway';
}

/** From the clients to each gateway, and from a Gateway to an AgentGateway behind it. */
function entryEdges(passes: readonly Pass[]): readonly GraphEdge[] {
  const calls = passes.flatMap(({ where, first, last, ...pass }) => [
    { ...pass, from: `clients_${where}`, to: first },
    ...(first === last ? [] : [{ ...pass, from: first, to: last }]),
  ]);
  const same = Map.groupBy(calls, ({ from, to }) => `${from} ${to}`);
  return [...same.values()].flatMap((each) => {
    const [first] = each;
    return first === undefined ? [] : [{ ...call(first.from, first.to), label: accessOfAll(each) }];
  });
}

/** Each kind of callers once. What chats demand is what the agents demand, which is there too. */
function accessOfAll(calls: readonly { readonly access: string }[]): string {
  const all = [...new Set(calls.map(({ access }) => access))].filter((access) => access !== BY_MODEL);
  return all.length > 0 ? all.sort(openFirst).join(', ') : BY_MODEL;
}

function openFirst(a: string, b: string): number {
  return Number(b === 'open') - Number(a === 'open') || codeUnitOrder(a, b);
}

function call(from: string, to: string): GraphEdge {
  return { from, to, kind: 'call', label: '', isBroken: false };
}

function callEdges({ key, items }: Group, idOf: IdOf): readonly GraphEdge[] {
  const routes = items.flatMap((item) => item.routes);
  return [...Map.groupBy(routes, ({ through }) => idOf(through))].map(([gateway, each]) => ({
    ...call(gateway, idOf(key)),
    label: accessOfAll(each),
  }));
}

/** A gateway that does not serve what asks for it. */
function refusalEdges({ key, items }: Group, idOf: IdOf): readonly GraphEdge[] {
  const broken = items.flatMap(({ refusals }) =>
    refusals.flatMap((refusal) =>
      refusal.through !== undefined && ofRefusal(refusal).level === 'broken'
        ? [{ gateway: idOf(refusal.through), text: stateText(ofRefusal(refusal)) }]
        : [],
    ),
  );
  return [...Map.groupBy(broken, ({ gateway }) => gateway)].map(([gateway, each]) => ({
    ...call(gateway, idOf(key)),
    ...{ label: counted(each.map(({ text }) => text)), isBroken: true },
  }));
}

function useEdges({ key, items }: Group, idOf: IdOf): readonly GraphEdge[] {
  const uses = items.flatMap((item: Item) => item.uses);
  return [...Map.groupBy(uses, ({ to }) => idOf(keyOfName(to)))].map(([to, each]) => {
    const problems = each.flatMap(({ problem }) => (problem === undefined ? [] : [`${SIGNS.broken} ${problem}`]));
    return { from: idOf(key), to, kind: 'use', label: counted(problems), isBroken: problems.length > 0 };
  });
}

/** The first text, and how many more there are. */
function counted(texts: readonly string[]): string {
  const [first = '', ...others] = texts;
  return others.length > 0 ? `${first}, ${others.length} more` : first;
}

function sortedNodes(nodes: readonly GraphNode[]): readonly GraphNode[] {
  const rank = ({ role }: GraphNode) => ROLES.indexOf(role);
  const name = ({ title, id }: GraphNode) => `${title} ${id}`;
  return [...nodes].sort((a, b) => rank(a) - rank(b) || codeUnitOrder(name(a), name(b)));
}

/** Sorted by their ends. An arrow from a box to itself says nothing, and one to a gateway itself is a row of its box. */
function drawable(edges: readonly GraphEdge[], nodes: readonly GraphNode[]): readonly GraphEdge[] {
  const ids = new Set(nodes.map(({ id }) => id));
  return edges
    .filter(({ from, to }) => from !== to && ids.has(from) && ids.has(to))
    .sort((a, b) => codeUnitOrder(`${a.from} ${a.to}`, `${b.from} ${b.to}`));
}
