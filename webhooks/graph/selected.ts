import { keyOfName } from '../evaluate/object-name.ts';
import { isSelected, type Selection } from '../evaluate/selection.ts';
import type { Item } from './item.ts';

/** The selected resources, those beside them, and the gateways before them. Others are not drawn. */
export function selectedItems(items: readonly Item[], selection: Selection): readonly Item[] {
  const isWanted = ({ names }: Item) => {
    const { apiVersion, kind, namespace, name } = names;
    return isSelected(selection, { apiVersion, kind, metadata: { namespace, name } });
  };
  const wanted = items.filter(isWanted);
  if (wanted.length === items.length) {
    return items;
  }
  const keys = new Set(wanted.map(({ names }) => keyOfName(names)));
  const near = new Set([...keys, ...wanted.flatMap(({ uses }) => uses.map(({ to }) => keyOfName(to)))]);
  const isNear = (item: Item) =>
    near.has(keyOfName(item.names)) ||
    item.uses.some(({ to }) => keys.has(keyOfName(to))) ||
    item.routes.some(({ through }) => keys.has(through));
  const drawn = items.filter(isNear);
  const gateways = new Set(
    drawn.flatMap(({ routes, refusals }) => [...routes, ...refusals].map(({ through }) => through)),
  );
  return items.filter((item) => isNear(item) || gateways.has(keyOfName(item.names)));
}
