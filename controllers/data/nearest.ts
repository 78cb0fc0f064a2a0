/** Names that differ only in case, `-`, `_` and `.` are the same to a person. */
const SEPARATORS = /[-_. ]/g;
/** Longer names are not compared: the comparison takes a time that grows with the square of the length. */
const LONGEST = 64;
/** Of a short name, one or two letters more or less make another word. */
const SHORT = 4;
const LONG = 6;

/**
 * Finds the known name that a person may have meant by another one; undefined if none is near. A known name is near to no
 * other. The known names are prepared once, for many names to look up.
 */
export function nearestOf(known: readonly string[]): (name: string) => string | undefined {
  const names = new Set(known);
  const candidates = known.map((candidate) => ({ candidate, plain: plainName(candidate) }));
  return (name) => (name.length > LONGEST || names.has(name) ? undefined : nearest(plainName(name), candidates));
}

interface Candidate {
  readonly candidate: string;
  readonly plain: string;
}

function nearest(name: string, candidates: readonly Candidate[]): string | undefined {
  const most = [SHORT, LONG].filter((length) => name.length >= length).length;
  const ranked = candidates
    // The lengths alone can tell that names are not near, at no cost.
    .filter(({ plain }) => Math.abs(plain.length - name.length) <= most)
    .map(({ candidate, plain }) => ({ candidate, distance: distanceOf(name, plain) }))
    .filter(({ distance }) => distance <= most)
    .sort((a, b) => a.distance - b.distance);
  return ranked[0]?.candidate;
}

function plainName(name: string): string {
  return name.toLowerCase().replaceAll(SEPARATORS, '');
}

/** How many letters to add, remove, replace or swap with their neighbour to make one text of the other. */
function distanceOf(from: string, to: string): number {
  let [before, current]: [number[], number[]] = [[], Array.from({ length: to.length + 1 }, (_, index) => index)];
  for (let row = 1; row <= from.length; row += 1) {
    const next = [row];
    for (let column = 1; column <= to.length; column += 1) {
      const isSame = from[row - 1] === to[column - 1];
      const isSwapped = from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      next.push(
        Math.min(
          at(next, column - 1) + 1,
          at(current, column) + 1,
          at(current, column - 1) + (isSame ? 0 : 1),
          isSwapped ? at(before, column - 2) + 1 : Number.POSITIVE_INFINITY,
        ),
      );
    }
    [before, current] = [current, next];
  }
  return at(current, to.length);
}

function at(row: readonly number[], column: number): number {
  return row[column] ?? Number.POSITIVE_INFINITY;
}
