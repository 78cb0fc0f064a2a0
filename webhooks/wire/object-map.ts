import type { ObservedObject } from '../../controllers/contract.ts';
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
  return sortedKeys(map).flatMap((mapKey) => {
    const objects = map[mapKey] ?? {};
    return sortedKeys(objects).map((key) => ({ mapKey, key, value: objects[key] }));
  });
}

/** Without a comparison of its own, `sort` has the order of code units. The keys of a request are mostly in this order already. */
function sortedKeys(record: object): string[] {
  return Object.keys(record).sort();
}
