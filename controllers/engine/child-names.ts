import type { ObservedObject, RelatedRule } from '../contract.ts';
import { mapKey, type Reading } from '../reading.ts';
import { byNames } from './related-rule.ts';

/** The kind and name of a child, in the parent's namespace. */
export interface ChildName {
  readonly reading: Reading;
  readonly name: string;
  /** Its labels, if they are not those of the other children. */
  readonly labels?: Readonly<Record<string, string>>;
}

/** The children of a parent, and the namespace of both. */
interface ChildNames {
  readonly children: readonly ChildName[];
  readonly namespace: string;
}

/** Rules for the objects that have the children's names, to find out whether others own them. */
export function sameNames(children: readonly ChildName[], namespace: string): RelatedRule[] {
  return children.flatMap(({ reading, name }) => byNames(reading, namespace, [name]));
}

/** The first object with a child's name that this parent does not own, as `Service namespace/name`; undefined if there is none. */
export function foreignChild(
  { children, namespace }: ChildNames,
  related: readonly ObservedObject[],
  isOurs: (value: unknown, child: ChildName) => boolean,
): string | undefined {
  const foreign = children.find((child) => {
    const found = namesake(child, namespace, related);
    return found !== undefined && !isOurs(found.value, child);
  });
  return foreign && `${foreign.reading.kind} ${namespace}/${foreign.name}`;
}

/** Whether there is an object with each of the children's names, and the parent owns them all. */
export function ownsAll(
  { children, namespace }: ChildNames,
  related: readonly ObservedObject[],
  isOurs: (value: unknown) => boolean,
): boolean {
  return children.every((child) => isOurs(namesake(child, namespace, related)?.value));
}

function namesake({ reading, name }: ChildName, namespace: string, related: readonly ObservedObject[]) {
  return related.find((object) => object.mapKey === mapKey(reading) && object.key === `${namespace}/${name}`);
}
