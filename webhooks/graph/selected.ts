import { isSelected, type Selection } from '../evaluate/selection.ts';
import { type Item, keyOf } from './item.ts';

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
  const keys = new Set(wanted.map(({ names }) => keyOf(names)));
  const near = new Set([...keys, ...wanted.flatMap(({ uses }) => uses.map(({ to }) => keyOf(to)))]);
  const isNear = (item: Item) =>
    near.has(keyOf(item.names)) ||
    item.uses.some(({ to }) => keys.has(keyOf(to))) ||
    item.routes.some(({ through }) => keys.has(through));
  const drawn = items.filter(isNear);
  const gateways = new Set(
    drawn.flatMap(({ routes, refusals }) => [...routes, ...refusals].map(({ through }) => through)),
  );
  return items.filter((item) => isNear(item) || gateways.has(keyOf(item.names)));
}
