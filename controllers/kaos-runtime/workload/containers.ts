import type { PlainObject } from '../../data/plain-object.ts';
import { maps } from './users-container.ts';

/** The init containers of a pod, then the others. */
export function containersOf(podSpec: PlainObject): readonly PlainObject[] {
  return [...maps(podSpec['initContainers']), ...maps(podSpec['containers'])];
}
