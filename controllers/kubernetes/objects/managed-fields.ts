import { checkOf, Type } from '../../typebox.ts';
import { secondsOf } from '../values/time.ts';

const Managed = Type.Object({
  managedFields: Type.Array(
    Type.Object({ time: Type.Optional(Type.Unknown()), subresource: Type.Optional(Type.Unknown()) }),
  ),
});
const isManaged = checkOf(Managed);

/**
 * The times at which the API server noted a write of an object, in seconds since 1970. Whoever may update the object can
 * change them.
 */
export function writeTimes(metadata: unknown): readonly number[] {
  return isManaged(metadata)
    ? metadata.managedFields.map(({ time }) => secondsOf(time)).filter((seconds) => seconds !== undefined)
    : [];
}

/** The last of the same times, but for writes of the status; 0 if there is none. */
export function lastSpecWrite(metadata: unknown): number {
  const writes = isManaged(metadata) ? metadata.managedFields : [];
  const ofSpec = writes.filter(({ subresource }) => subresource !== 'status');
  return writeTimes({ managedFields: ofSpec }).reduce((last, time) => Math.max(last, time), 0);
}
