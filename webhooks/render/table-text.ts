import { getBorderCharacters, table } from 'table';
import { oneLine } from '../../controllers/data/quote.ts';

interface Table {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** Spaces between two columns. */
const GAP = 2;
/** A narrower column would have one or two letters a line. */
const NARROWEST = 12;

/** A table as kubectl prints it: two spaces between columns, without lines. Cells that do not fit into the width are wrapped. */
export function toTable({ columns, rows }: Table, width?: number): string {
  const cells = [columns, ...rows].map((row) => row.map(oneLine));
  const widths = widthsWithin(cells, width);
  const text = table(cells, {
    border: getBorderCharacters('void'),
    columnDefault: { paddingLeft: 0, paddingRight: GAP },
    columns: Object.fromEntries([...widths].map(([column, of]) => [column, { width: of, wrapWord: true }])),
    drawHorizontalLine: () => false,
  });
  return text.replaceAll(/ +$/gm, '');
}

/** The widths of the columns that must be narrower, by their numbers. The widest one gives way first. */
function widthsWithin(cells: readonly (readonly string[])[], width = Number.POSITIVE_INFINITY): Map<number, number> {
  const widths = (cells[0] ?? []).map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  const narrowed = new Map<number, number>();
  const room = width - GAP * (widths.length - 1);
  while (widths.reduce((sum, each) => sum + each, 0) > room && Math.max(...widths) > NARROWEST) {
    const widest = widths.indexOf(Math.max(...widths));
    widths[widest] = (widths[widest] ?? 0) - 1;
    narrowed.set(widest, widths[widest]);
  }
  return narrowed;
}
