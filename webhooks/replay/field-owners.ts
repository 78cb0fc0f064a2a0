import { parsedJson } from '../../controllers/data/parsed-json.ts';
import { isPlainObject, objectsIn, ownField, type PlainObject } from '../../controllers/data/plain-object.ts';

/**
 * Who owns a field of an object, and the fields below it: trees in the form FieldsV1. A tree is undefined where its owners have nothing.
 * https://kubernetes.io/docs/reference/using-api/server-side-apply/
 */
export interface Owners {
  /** The fields that Metacontroller wrote. */
  readonly own: PlainObject | undefined;
  /** The trees of all others. */
  readonly others: readonly PlainObject[];
}

/** What Metacontroller writes beside an answer. */
const BESIDE_ANSWER = /^f:(ownerReferences|finalizers|controller-uid|metacontroller\.k8s\.io\/.*)$/;

/** Whether an object names the owners of its fields. */
export function hasOwners(object: PlainObject): boolean {
  return ownersOf(object) !== undefined;
}

/** The owners of an object's fields; undefined if the object does not name them, as in a fixture by hand. */
export function ownersOf(object: PlainObject): Owners | undefined {
  const { metadata } = object;
  const writes = isPlainObject(metadata) ? objectsIn(metadata['managedFields']) : [];
  const own = writes.filter(isOfMetacontroller);
  const trees = (of: readonly PlainObject[]) => of.map(({ fieldsV1 }) => fieldsV1).filter(isPlainObject);
  return writes.length === 0
    ? undefined
    : { own: trees(own)[0], others: trees(writes.filter((write) => !own.includes(write))) };
}

/** Its name can be changed by a flag, but it alone writes the reference to the parent. */
function isOfMetacontroller({ manager, subresource, fieldsV1 }: PlainObject): boolean {
  const metadata = isPlainObject(fieldsV1) ? fieldsV1['f:metadata'] : undefined;
  const writesOwner = isPlainObject(metadata) && 'f:ownerReferences' in metadata;
  return subresource === undefined && (manager === 'metacontroller' || writesOwner);
}

/** The owners of a field or of an item: `f:spec`, `k:{"name":"agent"}`. */
export function ownersBelow({ own, others }: Owners, step: string): Owners {
  const below = (tree: PlainObject | undefined) => {
    const inner = tree && ownField(tree, step);
    return isPlainObject(inner) ? inner : undefined;
  };
  return { own: below(own), others: others.map(below).filter((tree) => tree !== undefined) };
}

/** Whether Metacontroller writes a field beside what an answer has. */
export function isBesideAnswer(step: string): boolean {
  return BESIDE_ANSWER.test(step);
}

/** Whether Metacontroller alone owns a field. */
export function isOwnAlone({ own, others }: Owners, step: string): boolean {
  return own !== undefined && step in own && !others.some((tree) => step in tree);
}

/** Whether a value is replaced as a whole: somebody owns it, and nobody a part of it. */
export function isAtomic({ own, others }: Owners): boolean {
  const trees = own === undefined ? others : [own, ...others];
  return trees.length > 0 && trees.every((tree) => Object.keys(tree).length === 0);
}

/** The fields that identify the items of a list: `name` for `k:{"name":"agent"}`. None if its items are not merged by fields. */
export function keyFieldsOf({ own, others }: Owners): readonly string[] {
  const steps = [...(own === undefined ? [] : [own]), ...others].flatMap((tree) => Object.keys(tree));
  const keyed = parsedJson(steps.find((step) => step.startsWith('k:'))?.slice(2) ?? '');
  return isPlainObject(keyed) ? Object.keys(keyed) : [];
}
