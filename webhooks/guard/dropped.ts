import { type Violation, violation } from './violation.ts';
import { type Path, walk } from './walk.ts';

/**
 * Finds values that the API server drops: empty lists, labels and annotations, and the empty value of an env variable.
 * Each sync would find them missing and write them again.
 */
export function dropped(child: unknown, path: Path): Violation[] {
  return [...walk(child, path)]
    .filter((visited) => isDropped(visited.path, visited.value))
    .map((visited) => violation('EmptyValue', visited.path));
}

function isDropped(path: Path, value: unknown): boolean {
  return (Array.isArray(value) && value.length === 0) || isEmptyMetadata(path, value) || isEmptyEnv(path, value);
}

function isEmptyMetadata(path: Path, value: unknown): boolean {
  const key = path.at(-1);
  const isMap = (key === 'labels' || key === 'annotations') && path.at(-2) === 'metadata';
  return isMap && typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}

function isEmptyEnv(path: Path, value: unknown): boolean {
  return value === '' && path.at(-1) === 'value' && typeof path.at(-2) === 'number' && path.at(-3) === 'env';
}
