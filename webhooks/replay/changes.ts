import type { DesiredObject } from '../../controllers/contract.ts';
import { codeUnitOrder } from '../../controllers/data/order.ts';
import { isPlainObject, type PlainObject } from '../../controllers/data/plain-object.ts';
import { identityOf, nameOf } from '../evaluate/cluster-object.ts';
import type { Named } from '../evaluate/remark.ts';
import type { ObjectMap } from '../wire/object-map.ts';
import { applied } from './applied.ts';
import { changedPaths } from './changed-paths.ts';

/** What Metacontroller does with a child because of an answer. */
export interface Change {
  readonly does: 'creates' | 'changes' | 'deletes' | 'leaves';
  /** `HTTPRoute research/agent-helper` */
  readonly child: string;
  /** The object before and afterwards. Undefined if there is none. */
  readonly before: PlainObject | undefined;
  readonly after: PlainObject | undefined;
  /** The paths of the fields that differ. */
  readonly paths: readonly string[];
}

/** What becomes of all children of a call, sorted by kind and name. `desired` are the children of the answer. */
export function childChanges(observed: ObjectMap, desired: readonly DesiredObject[]): readonly Change[] {
  const found = new Map<string, PlainObject>(
    Object.entries(observed).flatMap(([kind, objects]) =>
      Object.entries(objects).flatMap(([key, object]) =>
        isPlainObject(object) ? [[`${kind} ${key}`, object] as const] : [],
      ),
    ),
  );
  const wanted = new Map<string, PlainObject>(
    desired.map((child) => [identityOf(child), child as object as PlainObject]),
  );
  return [...new Set([...found.keys(), ...wanted.keys()])]
    .sort(codeUnitOrder)
    .map((identity) => changeOf(found.get(identity), wanted.get(identity)));
}

function changeOf(before: PlainObject | undefined, wanted: PlainObject | undefined): Change {
  const child = nameOf((wanted ?? before) as object as Named);
  if (before === undefined || wanted === undefined) {
    return { does: before === undefined ? 'creates' : 'deletes', child, before, after: wanted, paths: [] };
  }
  const after = applied(before, wanted);
  const paths = changedPaths(before, after);
  return { does: paths.length === 0 ? 'leaves' : 'changes', child, before, after, paths };
}
