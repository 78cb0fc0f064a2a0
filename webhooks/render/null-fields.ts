import { isPlainObject } from '../../controllers/data/plain-object.ts';
import type { ClusterObject } from './cluster-object.ts';
import type { Manifest } from './manifests.ts';
import { note, type Remark } from './remark.ts';

const REMEDY = 'use $patch: delete or $patch: replace, or kubectl apply --server-side';

/** A note about the first null in a `spec.podSpec`: it removes a field here, but `kubectl apply` may drop it. */
export function nullNotes({ origin, object }: Manifest<ClusterObject>): readonly Remark[] {
  const { spec } = object as { readonly spec?: unknown };
  const path = isPlainObject(spec) ? nullIn(spec['podSpec'], 'spec.podSpec') : undefined;
  return path === undefined ? [] : [note(origin, `${path} is null, which kubectl apply drops; ${REMEDY}`, object)];
}

/** The path of the first null inside a value. */
function nullIn(value: unknown, path: string): string | undefined {
  const inner = Array.isArray(value)
    ? value.map((item, index) => [`${path}[${index}]`, item] as const)
    : Object.entries(isPlainObject(value) ? value : {}).map(([name, item]) => [`${path}.${name}`, item] as const);
  const paths = inner.map(([at, item]) => (item === null ? at : nullIn(item, at)));
  return paths.find((found) => found !== undefined);
}
