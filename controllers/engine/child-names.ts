import type { ObservedObject, RelatedRule } from '../contract.ts';
import { mapKey, type Reading } from '../reading.ts';
import { byNames } from './related-rule.ts';

/** A child that a parent asks for, in the parent's namespace. */
export interface ChildName {
  readonly reading: Reading;
  readonly name: string;
}

/** Asks for the objects with the children's names, so that no foreign one is seized. */
export function sameNames(children: readonly ChildName[], namespace: string): RelatedRule[] {
  return children.flatMap(({ reading, name }) => byNames(reading, namespace, [name]));
}

/** The first object with a child's name that is not the parent's, as `Service namespace/name`; undefined where there is none. */
export function foreignChild(
  { children, namespace }: { readonly children: readonly ChildName[]; readonly namespace: string },
  related: readonly ObservedObject[],
  isOurs: (value: unknown) => boolean,
): string | undefined {
  const foreign = children.find(({ reading, name }) => {
    const found = related.find((object) => object.mapKey === mapKey(reading) && object.key === `${namespace}/${name}`);
    return found !== undefined && !isOurs(found.value);
  });
  return foreign && `${foreign.reading.kind} ${namespace}/${foreign.name}`;
}
