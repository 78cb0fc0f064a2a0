import type { ObjectName } from '../../controllers/endpoint.ts';
import { mapKey } from '../../controllers/reading.ts';
import { nameOf } from './cluster-object.ts';

/** `Agent research/lead`. */
export function titleOf({ apiVersion, kind, namespace, name }: ObjectName): string {
  return nameOf({ apiVersion, kind, metadata: { namespace, name } });
}

/** Whether two names are those of one object. */
export function isSame(one: ObjectName, other: ObjectName): boolean {
  return keyOfName(one) === keyOfName(other);
}

/** A text that only these names have. */
export function keyOfName(names: ObjectName): string {
  return `${mapKey(names)} ${names.namespace}/${names.name}`;
}
