import { isPlainObject, objectsIn, ownField, type PlainObject } from '../../controllers/data/plain-object.ts';

/** The steps to a field. A step of its own can have dots, such as the key of a label. */
type Steps = readonly string[];

/** The value of a field; undefined if it or one above it is missing. The API server has checked objects, but CRDs can be others than ours. */
export function fieldAt(value: unknown, ...steps: Steps): unknown {
  return steps.reduce((within: unknown, step) => (isPlainObject(within) ? ownField(within, step) : undefined), value);
}

/** The text of a field; empty if it is not a text. */
export function textAt(value: unknown, ...steps: Steps): string {
  const found = fieldAt(value, ...steps);
  return typeof found === 'string' ? found : '';
}

/** The number of a field; 0 if it is not a number. Kubernetes leaves zeros out. */
export function numberAt(value: unknown, ...steps: Steps): number {
  const found = fieldAt(value, ...steps);
  return typeof found === 'number' ? found : 0;
}

/** The map of a field; empty if it is not a map. */
export function mapAt(value: unknown, ...steps: Steps): PlainObject {
  const found = fieldAt(value, ...steps);
  return isPlainObject(found) ? found : {};
}

/** The maps of a list; none if it is not a list. */
export function mapsAt(value: unknown, ...steps: Steps): readonly PlainObject[] {
  return objectsIn(fieldAt(value, ...steps));
}

/** The texts of a list, or of the values of a map; none if it is neither. */
export function textsAt(value: unknown, ...steps: Steps): readonly string[] {
  const found = fieldAt(value, ...steps);
  return Array.isArray(found) ? found.filter((item) => typeof item === 'string') : [];
}
