import { Type } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';
import type { DesiredObject } from '../contract.ts';
import { clean } from './clean.ts';
import { isForeignAnnotation } from './foreign-annotations.ts';

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

/** An observed child as an answer that changes nothing of it: without what the server adds. Empty for what is no child. */
export function echo(observed: unknown): DesiredObject[] {
  if (!Value.Check(Child, observed)) {
    return [];
  }
  const { status: _status, metadata, ...fields } = observed as typeof observed & { readonly status?: unknown };
  const { name, namespace, labels = {}, annotations = {} } = metadata;
  const own = Object.entries(annotations).filter(([key]) => !isForeignAnnotation(key));
  return [
    clean({ ...fields, metadata: { name, namespace, labels, annotations: Object.fromEntries(own) } }) as DesiredObject,
  ];
}
