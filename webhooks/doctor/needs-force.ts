import { fieldAt, mapAt, mapsAt, textAt } from './fields.ts';
import type { Item } from './item.ts';

/** The parts of objects that the chart writes, apart from labels and annotations. */
const PARTS: readonly string[] = ['f:spec', 'f:data', 'f:rules'];
/** It writes the revision of a Deployment, and statuses. */
const KUBERNETES = 'kube-controller-manager';

/**
 * Whether somebody else than helm has written an object that helm made by server-side apply. Since helm 4 an upgrade then ends with a conflict,
 * unless it is forced. Earlier ones do not know that flag, and need none.
 */
export function needsForce({ object }: Item): boolean {
  const writers = mapsAt(object, 'metadata', 'managedFields').filter(
    (writer) => textAt(writer, 'subresource') !== 'status' && textAt(writer, 'manager') !== KUBERNETES,
  );
  const isHelm = (writer: unknown) => textAt(writer, 'manager') === 'helm';
  const isApplied = writers.some((writer) => isHelm(writer) && textAt(writer, 'operation') === 'Apply');
  const others = writers.filter((writer) => !isHelm(writer));
  return (
    isApplied && others.some((writer) => PARTS.some((part) => fieldAt(mapAt(writer, 'fieldsV1'), part) !== undefined))
  );
}
