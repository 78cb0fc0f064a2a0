import { isPlainObject } from '../../controllers/data/plain-object.ts';
import type { ObjectName } from '../../controllers/endpoint.ts';
import type { ClusterObject } from '../evaluate/cluster-object.ts';

/** The names of an object of any scope. One without a namespace has an empty one. */
export function namesOfObject({ apiVersion, kind, metadata }: ClusterObject): ObjectName {
  return { apiVersion, kind, namespace: metadata.namespace ?? '', name: metadata.name };
}

/** The name in the metadata of a document, which may have any form. */
export function nameIn(metadata: unknown): string {
  const { name } = isPlainObject(metadata) ? metadata : {};
  return typeof name === 'string' ? name : '';
}
