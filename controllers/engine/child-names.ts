import type { ObservedObject, RelatedRule } from '../contract.ts';
import { mapKey, type Reading } from '../reading.ts';
import { byNames } from './related-rule.ts';

/** The kind and name of a child, in the parent's namespace. */
export interface ChildName {
  readonly reading: Reading;
  readonly name: string;
}

/** Rules for the objects that have the children's names, to find out whether others own them. */
export function sameNames(children: readonly ChildName[], namespace: string): RelatedRule[] {
  return children.flatMap(({ reading, name }) => byNames(reading, namespace, [name]));
}

/** The first object with a child's name that this parent does not own, as `Service namespace/name`; undefined if there is none. */
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
