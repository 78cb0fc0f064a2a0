import { isPlainObject, type PlainObject } from '../../controllers/data/plain-object.ts';
import { DEFAULT_NAMESPACE, type Documents } from '../evaluate/evaluate.ts';
import type { Manifest } from '../evaluate/manifests.ts';
import type { Selection } from '../evaluate/selection.ts';

/** The fields of metadata that the API server writes and that answers depend on. */
const SERVER_METADATA = ['creationTimestamp', 'generation', 'uid'];

/**
 * Documents with what a cluster adds to them, taken from the other state if that is a cluster's `kubectl get --output yaml`. Otherwise a
 * status, which no file has, would look like a change.
 */
export function withServerFields(documents: Documents, other: Documents, selection: Selection): Documents {
  const namespace = selection.namespace ?? DEFAULT_NAMESPACE;
  const others = new Map(other.manifests.map(({ object }) => [keyOf(object, namespace), object] as const));
  const manifests = documents.manifests.map(({ origin, object }) => {
    const twin = others.get(keyOf(object, namespace));
    return { origin, object: twin === undefined ? object : completed(object, twin) };
  });
  return { ...documents, manifests };
}

function keyOf({ apiVersion, kind, ...object }: Manifest['object'], ofOthers: string): string {
  const { namespace, name } = metadataOf(object);
  return JSON.stringify([apiVersion, kind, namespace ?? ofOthers, name]);
}

function completed(object: Manifest['object'], twin: Manifest['object']): Manifest['object'] {
  const { status } = twin as PlainObject;
  const own = metadataOf(twin);
  const given = SERVER_METADATA.filter((name) => own[name] !== undefined).map((name) => [name, own[name]]);
  return {
    ...(status !== undefined && { status }),
    ...object,
    metadata: { ...Object.fromEntries(given), ...metadataOf(object) },
  } as Manifest['object'];
}

function metadataOf(object: object): PlainObject {
  const { metadata } = object as PlainObject;
  return isPlainObject(metadata) ? metadata : {};
}
