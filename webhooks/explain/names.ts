import type { ObjectName } from '../../controllers/endpoint.ts';
import type { ClusterObject } from '../render/cluster-object.ts';

/** The names of an object of any scope. One without a namespace has an empty one. */
export function namesOfObject({ apiVersion, kind, metadata }: ClusterObject): ObjectName {
  return { apiVersion, kind, namespace: metadata.namespace ?? '', name: metadata.name };
}
