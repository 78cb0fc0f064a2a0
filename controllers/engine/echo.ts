import type { DesiredObject } from '../contract.ts';
import { clean } from '../kubernetes/objects/clean.ts';
import { checkOf, Type } from '../typebox.ts';
import { isForeignAnnotation, lastApplied } from './annotations.ts';

const Child = Type.Object({
  apiVersion: Type.String(),
  kind: Type.String(),
  metadata: Type.Object({
    name: Type.String(),
    namespace: Type.String(),
    labels: Type.Optional(Type.Record(Type.String(), Type.String())),
    annotations: Type.Optional(Type.Record(Type.String(), Type.String())),
  }),
});
const isChild = checkOf(Child);

/**
 * An observed child in the form of an answer that does not change it: the last applied answer, if Metacontroller keeps it,
 * else the observed object without the fields that the API server adds. Empty if the value is not a valid object.
 */
export function echo(observed: unknown): DesiredObject[] {
  const kept = lastApplied(observed) ?? observed;
  if (!isChild(kept)) {
    return [];
  }
  const { status: _status, metadata, ...fields } = kept as typeof kept & { readonly status?: unknown };
  const { name, namespace, labels = {}, annotations = {} } = metadata;
  const own = Object.entries(annotations).filter(([key]) => !isForeignAnnotation(key));
  return [
    clean({ ...fields, metadata: { name, namespace, labels, annotations: Object.fromEntries(own) } }) as DesiredObject,
  ];
}
