import { getBorderCharacters, table } from 'table';
import type { DesiredObject } from '../../controllers/contract.ts';
import { codeUnitOrder } from '../../controllers/data/order.ts';
import { oneLine } from '../../controllers/data/quote.ts';
import { toYaml } from '../../controllers/data/yaml.ts';
import { mapKey } from '../../controllers/reading.ts';
import type { Rendered } from './hook-calls.ts';

/** The formats of `--output`. */
export const OUTPUTS = ['yaml', 'json', 'table'] as const;
export type Output = (typeof OUTPUTS)[number];

/** The text for standard output; empty if there is nothing to print. */
export function print(rendered: readonly Rendered[], output: Output): string {
  switch (output) {
    case 'yaml':
      return sortedChildren(rendered).map(toYaml).join('---\n');
    case 'json':
      return `${JSON.stringify({ apiVersion: 'v1', kind: 'List', items: sortedChildren(rendered) }, null, 2)}\n`;
    case 'table':
      return rendered
        .filter(({ rows }) => rows.length > 0)
        .map(toTable)
        .join('\n');
  }
}

/** The children sorted by kind, namespace and name, so that the order of the files does not matter. */
function sortedChildren(rendered: readonly Rendered[]): DesiredObject[] {
  const identity = (child: DesiredObject) => `${mapKey(child)} ${child.metadata.namespace}/${child.metadata.name}`;
  return rendered.flatMap(({ children }) => children).sort((a, b) => codeUnitOrder(identity(a), identity(b)));
}

/** A table as kubectl prints it: two spaces between columns, without lines. */
function toTable({ columns, rows }: Rendered): string {
  const cells = [columns, ...rows].map((row) => row.map(oneLine));
  const text = table(cells, {
    border: getBorderCharacters('void'),
    columnDefault: { paddingLeft: 0, paddingRight: 2 },
    drawHorizontalLine: () => false,
  });
  return text.replaceAll(/ +$/gm, '');
}
