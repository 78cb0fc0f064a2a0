const MOST_NAMED = 8;

/** The first of many names, and the number of the others. */
export function most(names: readonly string[]): readonly string[] {
  const more = names.length - MOST_NAMED;
  return more > 0 ? [...names.slice(0, MOST_NAMED), `and ${more} more`] : names;
}
