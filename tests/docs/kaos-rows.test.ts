import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readDocument } from '../support/documents.ts';
import { ROOT } from '../support/run.ts';

const PAGE = readDocument('docs/decisions/0040-rows-of-kaos-0.8.md');
/** The first words of a test's title: `KAOS 0.8, row 3: ` or `KAOS 0.8, rows 5 and 11: `. */
const TITLE = /KAOS 0\.8, rows? (\d+)(?: and (\d+))?: /g;

/** The rows to which the titles in a file belong. */
function rowsOf(file: string): readonly number[] {
  return [...readDocument(file).matchAll(TITLE)].flatMap(([, one, other]) => [one, other].filter(Boolean).map(Number));
}

/** The rows of the page's table, each with the test files that it names. */
const ROWS = [...PAGE.matchAll(/^\| (\d+) \| .*$/gm)].map(([line, row]) => ({
  row: Number(row),
  files: [...line.matchAll(/`(tests\/[^`]+\.ts)`/g)].map(([, file = '']) => file),
}));

describe('the decision about what KAOS 0.8 changed', () => {
  it('has a verdict for each row', () => {
    expect(ROWS.map(({ row }) => row)).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
  });

  it.each(ROWS)('names for row $row files that have a test with its name: $files', ({ row, files }) => {
    // The last two are not for hooks, or not part of a release of KAOS.
    expect(files.length > 0).toBe(row <= 18);
    for (const file of files) {
      expect(existsSync(path.join(ROOT, file)), file).toBe(true);
      expect(rowsOf(file), file).toContain(row);
    }
  });
});
