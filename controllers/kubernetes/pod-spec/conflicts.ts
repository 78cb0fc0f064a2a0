import { isPlainObject, ownField, type PlainObject } from '../../data/plain-object.ts';
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
  const resolved = conflicts.reduce((before, { path }) => withPart(before, path, partAt(generated, path)), value);
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

function partAt(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((inner, name) => (isPlainObject(inner) ? ownField(inner, name) : undefined), value);
}

function withPart(value: unknown, [name, ...rest]: readonly string[], part: unknown): unknown {
  if (name === undefined) {
    return part;
  }
  const { [name]: before, ...others }: PlainObject = isPlainObject(value) ? value : {};
  const after = withPart(before, rest, part);
  return after === undefined ? others : { ...others, [name]: after };
}
