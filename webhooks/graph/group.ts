import { codeUnitOrder } from '../../controllers/data/order.ts';
import { keyOfName } from '../evaluate/object-name.ts';
import type { Item } from './item.ts';
import { stateOf } from './state.ts';

/** Resources that are drawn as one. */
export interface Group {
  readonly key: string;
  readonly kind: string;
  /** Undefined if they are in several namespaces. */
  readonly namespace: string | undefined;
  readonly items: readonly Item[];
}

/** Beyond these a picture is no help, and Mermaid draws no more than 500 arrows unless it is configured. */
const MOST_BOXES = 150;
const MOST_ARROWS = 400;
/** So many broken resources keep boxes of their own. */
const MOST_BROKEN = 20;

/** Each resource on its own, or, if there are too many, those of a kind and a namespace as one, or else those of a kind. */
export function groupsOf(items: readonly Item[]): readonly Group[] {
  const arrows = items.reduce((sum, { routes, uses }) => sum + routes.length + uses.length, 0);
  if (items.length <= MOST_BOXES && arrows <= MOST_ARROWS) {
    return items.map(single);
  }
  const byNamespace = grouped(items, ({ names }) => names.namespace);
  return byNamespace.length <= MOST_BOXES ? byNamespace : grouped(items, () => undefined);
}

function single(item: Item): Group {
  const { kind, namespace } = item.names;
  return { key: keyOfName(item.names), kind, namespace, items: [item] };
}

function grouped(items: readonly Item[], namespaceOf: (item: Item) => string | undefined): readonly Group[] {
  const broken = items.filter((item) => stateOf(item).level === 'broken');
  const alone = new Set(broken.slice(0, MOST_BROKEN));
  const others = items.filter((item) => !alone.has(item));
  const groups = Map.groupBy(others, (item) =>
    JSON.stringify([item.names.apiVersion, item.names.kind, namespaceOf(item) ?? '']),
  );
  const made = [...groups].map(([key, each]): Group => {
    const [first] = each as [Item];
    return each.length === 1
      ? single(first)
      : { key, kind: first.names.kind, namespace: namespaceOf(first), items: each };
  });
  return [...made, ...[...alone].map(single)].sort((a, b) => codeUnitOrder(a.key, b.key));
}
