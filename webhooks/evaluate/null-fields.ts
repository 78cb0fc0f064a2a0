import { isPlainObject } from '../../controllers/data/plain-object.ts';
import { nullPaths } from '../schemas/nulls.ts';
import type { ClusterObject } from './cluster-object.ts';
import type { Manifest } from './manifests.ts';
import { note, type Remark } from './remark.ts';

const REMEDY = 'use $patch: delete or $patch: replace, or kubectl apply --server-side';

/** A note about the first null in a `spec.podSpec`: it removes a field here, but `kubectl apply` may drop it. */
export function nullNotes({ origin, object }: Manifest<ClusterObject>): readonly Remark[] {
  const { spec } = object as { readonly spec?: unknown };
  const [path] = isPlainObject(spec) ? nullPaths(spec['podSpec'], 'spec.podSpec') : [];
  return path === undefined ? [] : [note(origin, `${path} is null, which kubectl apply drops; ${REMEDY}`, object)];
}
