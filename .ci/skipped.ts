/** How the title of a test, or of the tests around it, says what is missing: `the chart (skipped: needs HELM)`. */
const REASON = /\(skipped: needs ([^()]+)\)/g;

/**
 * The line that ends a run with skipped tests: how many need what, those that need most first. Empty where none is skipped.
 * A name in capitals is a variable of the environment.
 */
export function skippedLine(titles: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const title of titles) {
    const needs = reasonOf(title);
    counts.set(needs, (counts.get(needs) ?? 0) + 1);
  }
  const sorted = [...counts].sort(([, one], [, other]) => other - one);
  return sorted.length === 0 ? '' : `skipped: ${sorted.map(([needs, count]) => `${count} ${needs}`).join(', ')}\n`;
}

function reasonOf(title: string): string {
  const needs = new Set([...title.matchAll(REASON)].flatMap(([, names = '']) => names.split(', ')));
  return needs.size === 0 ? 'by the test itself' : `need ${[...needs].join(' and ')}`;
}
