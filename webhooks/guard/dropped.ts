import { type Violation, violation } from './violation.ts';
import { type Path, type Place, pathsWhere } from './walk.ts';

/**
 * Finds values that the API server drops: empty lists, labels and annotations, and the empty value of an env variable.
 * Each sync would find them missing and write them again.
 */
export function dropped(child: unknown, path: Path): Violation[] {
  return pathsWhere(child, path, isDropped).map((wrong) => violation('EmptyValue', wrong));
}

function isDropped(place: Place): boolean {
  return (Array.isArray(place.value) && place.value.length === 0) || isEmptyMetadata(place) || isEmptyEnv(place);
}

function isEmptyMetadata({ value, step, parent }: Place): boolean {
  const isMap = (step === 'labels' || step === 'annotations') && parent?.step === 'metadata';
  return isMap && typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}

function isEmptyEnv({ value, step, parent }: Place): boolean {
  return value === '' && step === 'value' && typeof parent?.step === 'number' && parent.parent?.step === 'env';
}
