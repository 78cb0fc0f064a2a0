import type { AnyFigure, Report } from './report.ts';
import { type Spread, spreadText } from './spread.ts';
import { columns } from './tables.ts';

const HEAD = ['case', 'ratio before', 'ratio now', 'change', 'the spreads'] as const;

/** Compares the ratios of two reports, whose machines may differ: a ratio depends on the machine less than a time. */
export function comparison(now: Report, before: Report): string {
  const rows = now.figures.flatMap((figure) => {
    const earlier = before.figures.find(({ name }) => name === figure.name);
    return earlier === undefined ? [] : [rowOf(figure, earlier)];
  });
  const missing = before.figures.filter(({ name }) => !now.figures.some((figure) => figure.name === name));
  const added = now.figures.filter(({ name }) => !before.figures.some((figure) => figure.name === name));
  const notes = [...noteOf('only in the earlier report', missing), ...noteOf('only in this report', added)];
  return [columns(HEAD, rows), ...notes].join('\n');
}

function rowOf({ name, ratio }: AnyFigure, { ratio: earlier }: AnyFigure): readonly string[] {
  const percent = Math.round((ratio.median / earlier.median - 1) * 100);
  const change = `${percent > 0 ? '+' : ''}${percent} %`;
  return [name, spreadText(earlier), spreadText(ratio), change, overlap(ratio, earlier) ? 'overlap' : 'are apart'];
}

function overlap(a: Spread, b: Spread): boolean {
  return a.min <= b.max && b.min <= a.max;
}

function noteOf(what: string, figures: readonly AnyFigure[]): readonly string[] {
  return figures.length === 0 ? [] : [`${what}: ${figures.map(({ name }) => name).join(', ')}`];
}
