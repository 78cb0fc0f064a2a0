import { type Static, Type } from '@sinclair/typebox';
import type { ObservedObject } from '../../controllers/contract.ts';
import { codeUnitOrder } from '../../controllers/data/order.ts';

/** A key of any text: TypeBox's own pattern passes over keys with a line break. */
const AnyKey = Type.String({ pattern: '^' });
/** Objects by `namespace/name`. What they are is checked later, one by one. */
const Objects = Type.Unsafe<Record<string, unknown>>(Type.Object({}));

/** v2 maps: kind to objects. */
export const ObjectMap = Type.Record(AnyKey, Objects);
export type ObjectMap = Static<typeof ObjectMap>;

/** The map as a list in stable order, so that no answer depends on the order of its keys. */
export function observedObjects(map: ObjectMap): ObservedObject[] {
  return sortedEntries(map).flatMap(([mapKey, objects]) =>
    sortedEntries(objects).map(([key, value]) => ({ mapKey, key, value })),
  );
}

function sortedEntries<Value>(record: Record<string, Value>): [string, Value][] {
  return Object.entries(record).sort(([a], [b]) => codeUnitOrder(a, b));
}
