import { isPlainObject } from './plain-object.ts';

/** Values of a spec: each list, map, text and number counts. 5,000 variables that refer to ConfigMaps are 30,000. */
const MOST_VALUES = 30_000;
/** Levels of lists and maps in one another. Kubernetes's own kinds have about 15. */
const MOST_LEVELS = 100;

/** A map of more names is a large one. Each of its names costs as much as many values. */
const LARGE_MAP = 100;
/** Names of all large maps together. */
const MOST_NAMES = 5_000;

/**
 * Why a spec is too large to be used, as the end of a sentence that begins with its field; undefined if it is not. Everything
 * that is made of a spec costs time for each value, and recursion for each level. Each user pays only for their own resource.
 */
export function whyTooLarge(spec: unknown): string | undefined {
  let level: unknown[] = [spec];
  let values = 0;
  let names = 0;
  for (let levels = 0; level.length > 0; levels += 1) {
    values += level.length;
    names += level.reduce<number>((sum, value) => sum + namesOfLarge(value), 0);
    if (values > MOST_VALUES) {
      return `has too many values; expected at most ${MOST_VALUES} in all lists and maps together`;
    }
    if (names > MOST_NAMES) {
      return `has maps of too many names; expected at most ${MOST_NAMES} in all maps of more than ${LARGE_MAP}`;
    }
    if (levels > MOST_LEVELS) {
      return `is nested too deeply; expected at most ${MOST_LEVELS} levels of lists and maps`;
    }
    level = level.flatMap(inside);
  }
  return undefined;
}

function namesOfLarge(value: unknown): number {
  const names = isPlainObject(value) ? Object.keys(value).length : 0;
  return names > LARGE_MAP ? names : 0;
}

function inside(value: unknown): unknown[] {
  return typeof value === 'object' && value !== null ? Object.values(value) : [];
}

/** The number of bytes of a text in UTF-8. */
export function byteLength(text: string): number {
  return new TextEncoder().encode(text).length;
}
