import type { DesiredObject } from '../../controllers/contract.ts';
import { codeUnitOrder } from '../../controllers/data/order.ts';
import { toYaml } from '../../controllers/data/yaml.ts';
import { identityOf } from '../evaluate/cluster-object.ts';
import type { Rendered } from '../evaluate/hook-calls.ts';
import { krakendFilesIn } from './krakend-output.ts';
import { toTable } from './table-text.ts';

/** The formats of `--output`. */
export const OUTPUTS = ['yaml', 'json', 'table', 'krakend'] as const;
export type Output = (typeof OUTPUTS)[number];

/** The text for standard output; empty if there is nothing to print. `width` is that of the terminal, if there is one. */
export function print(rendered: readonly Rendered[], output: Output, width?: number): string {
  switch (output) {
    case 'yaml':
      return sortedChildren(rendered).map(toYaml).join('---\n');
    case 'json':
      return `${JSON.stringify({ apiVersion: 'v1', kind: 'List', items: sortedChildren(rendered) }, null, 2)}\n`;
    case 'table':
      return rendered
        .map(({ columns, parents }) => ({ columns, rows: parents.flatMap(({ describe }) => describe().rows) }))
        .filter(({ rows }) => rows.length > 0)
        .map((each) => toTable(each, width))
        .join('\n');
    case 'krakend':
      return krakendFilesIn(sortedChildren(rendered));
  }
}

/** The children sorted by kind, namespace and name, so that the order of the files does not matter. */
function sortedChildren(rendered: readonly Rendered[]): DesiredObject[] {
  return rendered
    .flatMap(({ parents }) => parents.flatMap(({ children }) => children))
    .sort((a, b) => codeUnitOrder(identityOf(a), identityOf(b)));
}
