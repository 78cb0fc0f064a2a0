import { codeUnitOrder } from '../../controllers/data/order.ts';
import { isPlainObject } from '../../controllers/data/plain-object.ts';
import type { ObjectName } from '../../controllers/endpoint.ts';
import { keyOfName, titleOf } from '../evaluate/object-name.ts';
import type { Named } from '../evaluate/remark.ts';
import type { Facts } from './facts.ts';
import type { Item } from './item.ts';
import { type Ways, waysOf } from './routes.ts';

/** The kinds that are drawn. Whether another one exists is not known. */
export const DRAWN_KINDS = ['Agent', 'AgentGateway', 'MCPServer', 'MemoryStore', 'ModelAPI'];

/** The resources of the documents, and those that they call, sorted by kind, namespace and name. */
export function itemsOf({ evaluation, references, findings }: Facts): readonly Item[] {
  const present = evaluation.cluster.manifests.flatMap(({ object }) => namesIn(object));
  const refused = evaluation.remarks.flatMap(({ level, of }) => (level === 'error' && of ? namesIn(of) : []));
  const called = references.map(({ to }) => to);
  const has = new Set(present.map(keyOfName));
  const wrong = new Set(refused.map(keyOfName));
  const ways = waysOf(evaluation.answers);
  const served = [...ways.values()].map(({ resource }) => resource);
  const all = new Map([...present, ...refused, ...called, ...served].map((names) => [keyOfName(names), names]));
  const uses = Map.groupBy(references, ({ from }) => keyOfName(from));
  const said = Map.groupBy(findings, ({ object }) => object);
  return [...all]
    .map(
      ([key, names]): Item => ({
        names,
        presence: has.has(key) ? 'present' : absence(names, wrong.has(key)),
        ...waysTo(ways.get(key)),
        uses: (uses.get(key) ?? []).map(({ to, problem }) => ({ to, problem: problem ?? problemOf(to, has) })),
        findings: said.get(titleOf(names)) ?? [],
      }),
    )
    .sort((a, b) => codeUnitOrder(keyOfName(a.names), keyOfName(b.names)));
}

function absence({ kind }: ObjectName, isWrong: boolean): Item['presence'] {
  if (isWrong) {
    return 'refused';
  }
  return DRAWN_KINDS.includes(kind) ? 'missing' : 'unread';
}

function problemOf(to: ObjectName, has: ReadonlySet<string>) {
  return DRAWN_KINDS.includes(to.kind) && !has.has(keyOfName(to)) ? 'not found' : undefined;
}

function waysTo(ways: Ways | undefined): Pick<Item, 'routes' | 'refusals'> {
  return { routes: ways?.routes ?? [], refusals: ways?.refusals ?? [] };
}

/** The names of a document, if its kind is drawn. */
export function namesIn({ apiVersion, kind, metadata }: Named): readonly ObjectName[] {
  const { namespace = 'default', name } = isPlainObject(metadata) ? metadata : {};
  return DRAWN_KINDS.includes(kind) && typeof name === 'string' && typeof namespace === 'string' && name !== ''
    ? [{ apiVersion, kind, namespace, name }]
    : [];
}
