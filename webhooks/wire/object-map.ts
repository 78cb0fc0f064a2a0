import { type Static, Type } from '@sinclair/typebox';
import type { ObservedObject } from '../../controllers/contract.ts';

/** v2 maps: kind to objects. What the objects are is checked later, one by one. */
export const ObjectMap = Type.Record(Type.String(), Type.Record(Type.String(), Type.Unknown()));
type ObjectMap = Static<typeof ObjectMap>;

/** The map as a list in stable order, so that no answer depends on the order of its keys. */
export function observedObjects(map: ObjectMap): ObservedObject[] {
  return sortedEntries(map).flatMap(([mapKey, objects]) =>
    sortedEntries(objects).map(([key, value]) => ({ mapKey, key, value })),
  );
}

function sortedEntries<Value>(record: Record<string, Value>): [string, Value][] {
  return Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1));
}
