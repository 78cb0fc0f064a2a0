import { hash } from '../../controllers/data/hash.ts';
import { codeUnitOrder } from '../../controllers/data/order.ts';
import { oneLine, sentence, shown } from '../../controllers/data/quote.ts';
import type { ObjectName } from '../../controllers/endpoint.ts';
import { titleOf } from '../evaluate/object-name.ts';
import type { GraphNode, NodeRow, Role } from './graph.ts';
import type { Group } from './group.ts';
import type { Item, Route } from './item.ts';
import { FINE, type State, stateOf } from './state.ts';

/** The id of a node: readable, and another one for each key. */
export function nodeId(kind: string, name: string, key: string): string {
  const readable = (text: string) =>
    text
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, '_')
      .slice(0, 40);
  return `${readable(kind)}_${readable(name)}_${hash(key).slice(0, 8)}`;
}

const ROLE_OF: Readonly<Record<string, Role>> = {
  Agent: 'agent',
  AgentGateway: 'gateway',
  MCPServer: 'tools',
  MemoryStore: 'memory',
  ModelAPI: 'model',
  ToolRoute: 'tools',
  ToolServer: 'tools',
};

/** The node of one resource, or of several that are drawn as one. */
export function groupNode(group: Group, idOf: (key: string) => string): GraphNode {
  const { key, kind, items } = group;
  const [first, second] = items;
  const common = { id: idOf(key), role: ROLE_OF[kind] ?? 'other' } as const;
  return first !== undefined && second === undefined
    ? { ...common, ...singleText(first), rows: routeRows(first.routes, idOf) }
    : { ...common, ...severalText(group), rows: countRows(items, idOf) };
}

type NodeText = Pick<GraphNode, 'title' | 'caption' | 'name' | 'state' | 'why'>;

function singleText(item: Item): NodeText {
  const state = stateOf(item);
  return { ...nameText(item.names), state, why: whyOf(item, state) };
}

function nameText(names: ObjectName): Pick<NodeText, 'title' | 'caption' | 'name'> {
  const { kind, namespace, name } = names;
  return { title: titleOf(names), caption: shown(`${kind} · ${namespace}`), name: shown(name) };
}

/** The first message of the level of the state. */
function whyOf({ refusals, findings }: Item, { level }: State): string | undefined {
  const message = refusals.find((refusal) => refusal.message !== undefined)?.message;
  const severity = level === 'broken' ? 'error' : 'warning';
  const finding = findings.find((one) => one.severity === severity)?.message;
  const why = level === 'broken' || level === 'warning' ? (message ?? finding) : undefined;
  return why && sentence(why);
}

function routeRows(routes: readonly Route[], idOf: (key: string) => string): readonly NodeRow[] {
  return routes.map(({ through, access, paths }) => {
    const main = paths.find((path) => path.startsWith('POST ')) ?? paths[0] ?? '';
    const more = paths.length > 1 ? ` +${paths.length - 1}` : '';
    return { access, text: oneLine(`${main}${more}`), through: idOf(through) };
  });
}

function severalText({ kind, namespace, items }: Group): NodeText {
  const levels = items.map((item) => stateOf(item).level);
  const count = (level: State['level']) => levels.filter((one) => one === level).length;
  const [broken, warnings, quiet] = [count('broken'), count('warning'), count('quiet')];
  const state = [
    { count: broken, level: 'broken', word: `${broken} with problems` } as const,
    { count: warnings, level: 'warning', word: `${warnings} with warnings` } as const,
    { count: quiet, level: 'quiet', word: `${quiet} without an address` } as const,
  ].find((one) => one.count > 0);
  const name = `${items.length} ${shown(kind)}s`;
  const place = namespace === undefined ? 'several namespaces' : shown(namespace);
  return { title: `${name} in ${place}`, caption: `Together · ${place}`, name, state: state ?? FINE, why: undefined };
}

function countRows(items: readonly Item[], idOf: (key: string) => string): readonly NodeRow[] {
  const routes = items.flatMap((item) => item.routes);
  const same = Map.groupBy(routes, ({ through, access }) => JSON.stringify([through, access]));
  return [...same]
    .sort(([a], [b]) => codeUnitOrder(a, b))
    .flatMap(([, each]) => {
      const [first] = each;
      const addresses = each.length === 1 ? '1 address' : `${each.length} addresses`;
      return first === undefined ? [] : [{ access: first.access, text: addresses, through: idOf(first.through) }];
    });
}

/** A Gateway of the Gateway API. */
export function gatewayNode(gateway: ObjectName, id: string): GraphNode {
  return { id, role: 'gateway', ...nameText(gateway), rows: [], state: FINE, why: undefined };
}

/** Where clients are. */
export type Whereabouts = 'outside' | 'inside';

export function clientsNode(where: Whereabouts): GraphNode {
  return {
    ...{
      id: `clients_${where}`,
      role: 'clients',
      title: `Clients ${where} the cluster`,
      caption: 'Clients',
      name: where,
    },
    ...{ rows: [], state: FINE, why: undefined },
  };
}
