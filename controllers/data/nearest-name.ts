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
