import { isPlainObject } from '../../controllers/data/plain-object.ts';
import { quote, shown } from '../../controllers/data/quote.ts';
import { isObjectName, whyNoDnsLabel } from '../../controllers/kubernetes/values/names.ts';
import { misfitTextOf } from '../../controllers/misfit.ts';
import { mapKey } from '../../controllers/reading.ts';
import { type Static, Type, Value } from '../../controllers/typebox.ts';
import type { Named } from './remark.ts';

/** The fields of an object that decide its place in a cluster. */
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

/** An object with its namespace, or the first invalid field. */
export type Placement =
  | { readonly outcome: 'placed'; readonly object: ClusterObject }
  | { readonly outcome: 'refused'; readonly text: string };

/**
 * Sets an object's namespace as `kubectl apply --namespace` does. Null or empty metadata counts as not set. `namespace` is
 * undefined for a cluster-scoped kind.
 */
export function place(object: object, namespace: string | undefined): Placement {
  const { metadata } = object as { readonly metadata?: unknown };
  const given = isPlainObject(metadata)
    ? Object.entries(metadata).filter(([, value]) => value !== null && value !== '')
    : [];
  const scope = namespace === undefined ? {} : { namespace };
  const placed = isPlainObject(metadata) ? { ...object, metadata: { ...scope, ...Object.fromEntries(given) } } : object;
  if (!Value.Check(ClusterObject, placed)) {
    return { outcome: 'refused', text: misfitTextOf(ClusterObject, placed, 'the document') };
  }
  const why = whyNotNamed(placed.metadata);
  return why === undefined ? { outcome: 'placed', object: placed } : { outcome: 'refused', text: why };
}

/** Names become parts of paths and of lines, and the API server refuses all others. */
function whyNotNamed({ name, namespace }: ClusterObject['metadata']): string | undefined {
  if (!isObjectName(name)) {
    return `metadata.name: ${quote(name)} is not valid; expected at most 253 lower-case letters, digits, '-' and '.', such as team-a.helper`;
  }
  return namespace === undefined || isDnsLabel(namespace)
    ? undefined
    : `metadata.namespace: ${quote(namespace)} is not valid; expected at most 63 lower-case letters, digits and '-', such as team-a`;
}

function isDnsLabel(text: string): boolean {
  return whyNoDnsLabel(text) === undefined;
}

/** `Agent.kaos.tools/v1alpha1 research/helper` */
export function identityOf({ apiVersion, kind, metadata }: ClusterObject): string {
  return `${mapKey({ apiVersion, kind })} ${keyOf(metadata)}`;
}

/** An object's key in a v2 map. */
export function keyOf({ namespace, name }: ClusterObject['metadata']): string {
  return namespace === undefined ? name : `${namespace}/${name}`;
}

/** `Agent research/helper`, for messages, also about an object whose metadata is not valid. */
export function nameOf(object: Named): string {
  const { namespace, name } = isPlainObject(object.metadata) ? object.metadata : {};
  const names = name ? [namespace, name].filter((part) => typeof part === 'string' && part !== '') : [];
  return `${shown(object.kind)} ${shown(names.join('/'))}`.trimEnd();
}
