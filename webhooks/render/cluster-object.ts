import { type Static, Type } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';
import { misfitTextOf } from '../wire/misfit-text.ts';

/** As much as must be known of an object to place it in a cluster. */
const ClusterObject = Type.Object({
  apiVersion: Type.String(),
  kind: Type.String(),
  metadata: Type.Object({
    name: Type.String({ minLength: 1 }),
    namespace: Type.Optional(Type.String({ minLength: 1 })),
    uid: Type.Optional(Type.String()),
    labels: Type.Optional(Type.Record(Type.String({ pattern: '^' }), Type.String())),
    ownerReferences: Type.Optional(
      Type.Array(Type.Object({ uid: Type.String(), controller: Type.Optional(Type.Boolean()) })),
    ),
  }),
});
export type ClusterObject = Static<typeof ClusterObject>;

export type Placement =
  | { readonly outcome: 'placed'; readonly object: ClusterObject }
  | { readonly outcome: 'refused'; readonly text: string };

/**
 * Puts an object where `kubectl apply --namespace` would; metadata that is null or empty counts as not given.
 * A cluster-scoped kind has no namespace.
 */
export function place(object: object, namespace: string | undefined): Placement {
  const { metadata } = object as { readonly metadata?: unknown };
  const given = isObject(metadata)
    ? Object.entries(metadata).filter(([, value]) => value !== null && value !== '')
    : [];
  const scope = namespace === undefined ? {} : { namespace };
  const placed = isObject(metadata) ? { ...object, metadata: { ...scope, ...Object.fromEntries(given) } } : object;
  return Value.Check(ClusterObject, placed)
    ? { outcome: 'placed', object: placed }
    : { outcome: 'refused', text: misfitTextOf(ClusterObject, placed, 'the document') };
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
