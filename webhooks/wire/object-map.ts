import type { ObservedObject } from '../../controllers/contract.ts';
import { codeUnitOrder } from '../../controllers/data/order.ts';
import { type Static, Type } from '../../controllers/typebox.ts';

/** Any key. TypeBox's default pattern does not check keys with a line break. */
const AnyKey = Type.String({ pattern: '^' });
/** Objects by `namespace/name`. Each object is checked later. */
const Objects = Type.Unsafe<Record<string, unknown>>(Type.Object({}));

/** The map of hook version v2: objects by kind, `Agent.kaos.tools/v1alpha1`. */
export const ObjectMap = Type.Record(AnyKey, Objects);
export type ObjectMap = Static<typeof ObjectMap>;

/** The map as a sorted list, so that answers do not depend on the order of its keys. */
export function observedObjects(map: ObjectMap): ObservedObject[] {
  return sortedEntries(map).flatMap(([mapKey, objects]) =>
    sortedEntries(objects).map(([key, value]) => ({ mapKey, key, value })),
  );
}

function sortedEntries<Value>(record: Record<string, Value>): [string, Value][] {
  return Object.entries(record).sort(([a], [b]) => codeUnitOrder(a, b));
}
