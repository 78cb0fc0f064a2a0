import { expect, it } from 'vitest';
import { readDocument, START_PAGES } from '../support/documents.ts';

const PAGE = readDocument('docs/which.md');

/** The pages with the defects of the operators, in the order of the columns. */
const OPERATORS = ['docs/defects-kaos-operator.md', 'docs/defects-krakend-operator.md'];

/** The IDs of defects in a row of the comparison, each with the page of its column. */
function claims(row: string) {
  const [, , ...cells] = row.split('|');
  return OPERATORS.flatMap((page, column) =>
    [...(cells[column] ?? '').matchAll(/\((D\d+)\)/g)].map(([, id = '']) => [id, page]),
  );
}

it('each defect that the comparison names is one of the operator of its column', () => {
  const named = PAGE.split('\n').flatMap(claims);
  expect(named).toHaveLength([...PAGE.matchAll(/\(D\d+\)/g)].length);
  expect(named.length).toBeGreaterThan(10);
  expect(named.filter(([id, page = '']) => !readDocument(page).includes(`| ${id} | `))).toEqual([]);
});

it('leads to each of the first pages', () => {
  expect(START_PAGES.filter((page) => !PAGE.includes(`](${page.slice('docs/'.length)})`))).toEqual([]);
});
