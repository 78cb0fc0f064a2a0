import { type Violation, violation } from './violation.ts';
import { type Path, pathsWhere } from './walk.ts';

/**
 * Finds nulls, and values that JSON cannot represent. A null in a list of children crashes Metacontroller
 * (https://github.com/metacontroller/metacontroller/issues/383), and JSON turns undefined, NaN and functions into null.
 */
export function notJson(value: unknown, path: Path): Violation[] {
  return pathsWhere(value, path, (place) => !isJson(place.value)).map((wrong) => violation('NotJson', wrong));
}

function isJson(value: unknown): boolean {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return true;
    case 'number':
      return Number.isFinite(value);
    case 'object':
      return value !== null;
    default:
      return false;
  }
}
