/** A JSON object with unknown fields. */
export type PlainObject = Readonly<Record<string, unknown>>;

export function isPlainObject(value: unknown): value is PlainObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The objects of a list that a user wrote; none of anything else. */
export function objectsIn(list: unknown): readonly PlainObject[] {
  return Array.isArray(list) ? list.filter(isPlainObject) : [];
}

/** Removes all nulls from maps and lists. */
export function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.filter((item) => item !== null).map(withoutNulls);
  }
  return isPlainObject(value)
    ? Object.fromEntries(
        Object.entries(value)
          .filter(([, item]) => item !== null)
          .map(([name, item]) => [name, withoutNulls(item)]),
      )
    : value;
}

/** A field of the object itself. Inherited fields such as `constructor` do not count. */
export function ownField<Value>(object: Readonly<Record<string, Value>>, name: string): Value | undefined {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

/** Freezes a value of plain objects and lists at all levels, and returns it. */
export function deepFreeze<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null) {
    Object.values(value).forEach(deepFreeze);
    Object.freeze(value);
  }
  return value;
}

/** Whether a value has everything that another one has: each field of an object, and as many items of a list. */
export function contains(value: unknown, part: unknown): boolean {
  if (Array.isArray(part)) {
    return (
      Array.isArray(value) && value.length === part.length && part.every((item, index) => contains(value[index], item))
    );
  }
  if (isPlainObject(part)) {
    return Object.entries(part).every(([name, item]) =>
      contains(isPlainObject(value) ? ownField(value, name) : undefined, item),
    );
  }
  return part === undefined || value === part;
}
