import type { DesiredObject, ObservedObject } from '../contract.ts';
import { contains, isPlainObject, ownField, type PlainObject } from '../data/plain-object.ts';

/** An answered child that is not in the cluster, or that is there with an older spec. */
export interface NotApplied {
  readonly kind: string;
  /** `namespace/name` */
  readonly key: string;
  readonly isMissing: boolean;
}

/** The answered children that Metacontroller has not made, or not brought up to date, in the order of the answer. */
export function notApplied(
  desired: readonly DesiredObject[],
  observed: readonly ObservedObject[],
): readonly NotApplied[] {
  const found = new Map(observed.flatMap(({ value }) => (isPlainObject(value) ? [[idOf(value), value] as const] : [])));
  return desired.flatMap((child) => {
    const own = found.get(idOf(child as object as PlainObject));
    return own !== undefined && isLatest(child, own)
      ? []
      : { kind: child.kind, key: `${child.metadata.namespace}/${child.metadata.name}`, isMissing: own === undefined };
  });
}

function idOf({ apiVersion, kind, metadata }: PlainObject): string {
  const { namespace, name } = isPlainObject(metadata) ? metadata : {};
  return JSON.stringify([apiVersion, kind, namespace, name]);
}

/**
 * The parts of a child that tell whether it is the latest: hashes in annotations stand for its pods. Other parts have defaults of
 * the API server, or belong to others.
 */
const TELLING_PARTS = [
  ['metadata', 'labels'],
  ['metadata', 'annotations'],
  ['data'],
  ['spec', 'selector'],
  ['spec', 'ports'],
  ['spec', 'parentRefs'],
  ['spec', 'hostnames'],
  ['spec', 'podSelector'],
  ['spec', 'ingress'],
  ['spec', 'rules'],
  ['spec', 'template', 'metadata'],
];

function isLatest(desired: DesiredObject, observed: PlainObject): boolean {
  return TELLING_PARTS.every((path) => contains(partAt(observed, path), partAt(desired, path)));
}

function partAt(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((inner, name) => (isPlainObject(inner) ? ownField(inner, name) : undefined), value);
}
