import { Type } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';
import type { DesiredObject } from '../contract.ts';
import { clean } from '../kubernetes/clean.ts';

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

/** Annotations that the engine and the Deployment controller write themselves; to force them back would be a fight. */
const OTHERS_ANNOTATIONS = [
  /^metacontroller\.k8s\.io\//,
  /^deployment\.kubernetes\.io\//,
  /^kubectl\.kubernetes\.io\//,
];

/** An observed child as an answer that changes nothing of it: without what the server adds. Empty for what is no child. */
export function echo(observed: unknown): DesiredObject[] {
  if (!Value.Check(Child, observed)) {
    return [];
  }
  const { status: _status, metadata, ...fields } = observed as typeof observed & { readonly status?: unknown };
  const { name, namespace, labels = {}, annotations = {} } = metadata;
  const own = Object.entries(annotations).filter(([key]) => !OTHERS_ANNOTATIONS.some((others) => others.test(key)));
  return [
    clean({ ...fields, metadata: { name, namespace, labels, annotations: Object.fromEntries(own) } }) as DesiredObject,
  ];
}
