import { isPlainObject } from '../../controllers/data/plain-object.ts';
import { type KindNames, mapKey } from '../../controllers/reading.ts';
import { crdKinds } from '../schemas/kind-schemas.ts';
import type { Named } from './remark.ts';

/** Which documents to render and to report about. The others are still part of the cluster. */
export interface Selection {
  /** Only documents of this namespace and cluster-scoped ones; undefined for all. */
  readonly namespace: string | undefined;
  /** Only documents of these kinds; empty for all. */
  readonly kinds: readonly KindNames[];
  /** Only documents of these names; empty for all. */
  readonly names: readonly string[];
}

/** Whether a document is selected. One without a namespace is in the selected one. */
export function isSelected({ namespace, kinds, names }: Selection, document: Named): boolean {
  const { namespace: own, name } = isPlainObject(document.metadata) ? document.metadata : {};
  return (
    (namespace === undefined || !own || own === namespace) &&
    (kinds.length === 0 || kinds.some((kind) => mapKey(kind) === mapKey(document))) &&
    (names.length === 0 || names.some((each) => each === name))
  );
}

/** The names of the kinds that can be selected, such as `ModelAPI`. */
export const selectableKinds: readonly string[] = [...new Set(crdKinds.map(({ kind }) => kind))].sort();

/** The kinds with a name as kubectl accepts it: `Agent`, `agents`, `agents.kaos.tools`. Two groups have a kind Agent. */
export function kindsNamed(name: string): readonly KindNames[] {
  return crdKinds.filter((kind) => namesOf(kind).includes(name.toLowerCase()));
}

function namesOf({ apiVersion, kind, resource }: KindNames): readonly string[] {
  const group = apiVersion.split('/')[0];
  return [kind.toLowerCase(), resource].flatMap((name) => [name, `${name}.${group}`]);
}
