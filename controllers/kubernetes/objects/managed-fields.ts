import { Type, Value } from '../../typebox.ts';
import { secondsOf } from '../values/time.ts';

const Managed = Type.Object({ managedFields: Type.Array(Type.Object({ time: Type.Optional(Type.Unknown()) })) });

/**
 * The times at which the API server noted a write of an object, in seconds since 1970. Whoever may update the object can
 * change them.
 */
export function writeTimes(metadata: unknown): readonly number[] {
  return Value.Check(Managed, metadata) ? metadata.managedFields.flatMap(({ time }) => secondsOf(time) ?? []) : [];
}
