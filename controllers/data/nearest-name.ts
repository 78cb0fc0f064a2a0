import { closestMatch } from 'leven';

/** Longer names are compared by their beginning, because the time grows with the square of the length. */
const LONGEST_COMPARED = 256;
const MOST_DIFFERENCES = 3;

/**
 * The candidate that a misspelt name was meant to be: one with the same letters in other case or order, or with few other letters,
 * for each three letters one. Undefined if none is that near. The first of equally near ones.
 */
export function nearestName(name: string, candidates: readonly string[]): string | undefined {
  const compared = name.slice(0, LONGEST_COMPARED);
  const sameLetters = candidates.find((candidate) => lettersOf(candidate) === lettersOf(compared));
  const maxDistance = Math.min(MOST_DIFFERENCES, Math.max(1, Math.floor(compared.length / 3)));
  const sameName = candidates.find((candidate) => candidate.toLowerCase() === compared.toLowerCase());
  return sameName ?? sameLetters ?? closestMatch(compared, candidates, { maxDistance });
}

function lettersOf(name: string): string {
  return [...name.toLowerCase()].sort().join('');
}

const SEPARATORS = /[-_. ]/g;
/** Of a shorter name, one letter more or less makes another word. */
const SHORTEST_MISSPELT = 4;
const LONGEST_LOOKED_UP = 64;

/**
 * The same for names that may be right although they are not known: a known name is near to no other, and short names are near
 * only if they differ in case and in `-`, `_` and `.`. The known names are prepared once.
 */
export function nearestOf(known: readonly string[]): (name: string) => string | undefined {
  const names = new Set(known);
  const byPlainName = new Map(known.map((name) => [plainName(name), name]));
  const plainNames = [...byPlainName.keys()];
  return (name) => {
    if (names.has(name) || name.length > LONGEST_LOOKED_UP) {
      return undefined;
    }
    const plain = plainName(name);
    const near = plain.length < SHORTEST_MISSPELT ? plain : (nearestName(plain, plainNames) ?? plain);
    return byPlainName.get(near);
  };
}

function plainName(name: string): string {
  return name.toLowerCase().replaceAll(SEPARATORS, '');
}
