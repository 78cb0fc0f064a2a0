import { isPlainObject, ownField } from '../../data/plain-object.ts';
import type { Conflict, Field } from './field.ts';
import { type MergeProblem, type Place, problem } from './merge-problem.ts';

interface Resolved {
  readonly value: unknown;
  readonly problems: readonly MergeProblem[];
}

/**
 * An object without the parts that conflict with its other parts: each is as it was generated, if at all. If generated parts
 * conflict with parts of the override, the whole object is as it was generated.
 */
export function withoutConflicts(value: unknown, generated: unknown, place: Place): Resolved {
  const conflicts = conflictsIn(value, place.field);
  if (conflicts.length === 0) {
    return { value, problems: [] };
  }
  const resolved = withGenerated(
    value,
    generated,
    conflicts.map(({ path }) => path),
  );
  const [remaining] = conflictsIn(resolved, place.field);
  return remaining === undefined
    ? { value: resolved, problems: conflicts.map((conflict) => told(conflict, place)) }
    : { value: generated, problems: [told(remaining, place)] };
}

function conflictsIn(value: unknown, field: Field | undefined): readonly Conflict[] {
  return isPlainObject(value) ? (field?.conflicts?.(value) ?? []) : [];
}

function told({ path, why }: Conflict, place: Place): MergeProblem {
  return problem({ ...place, path: [place.path, ...path].join('.') }, why);
}

/** The value with the generated one, if any, at each of the paths. */
function withGenerated(value: unknown, generated: unknown, paths: readonly (readonly string[])[]): unknown {
  if (paths.some(({ length }) => length === 0)) {
    return generated;
  }
  const object = isPlainObject(value) ? value : {};
  const own = isPlainObject(generated) ? generated : {};
  const inner = Map.groupBy(paths, ([name = '']) => name);
  const changed = [...inner].map(([name, below]) => {
    const rest = below.map(([, ...names]) => names);
    return [name, withGenerated(ownField(object, name), ownField(own, name), rest)] as const;
  });
  const kept = Object.entries(object).filter(([name]) => !inner.has(name));
  return Object.fromEntries([...kept, ...changed.filter(([, part]) => part !== undefined)]);
}
