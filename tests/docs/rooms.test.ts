import { readdirSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { readDocument } from '../support/documents.ts';
import { ROOT } from '../support/run.ts';

const PAGE = readDocument('docs/code.md');

/** The folders under this one that hold TypeScript files themselves, as `kubernetes/kinds/`. */
function rooms(top: string): string[] {
  const files = readdirSync(path.join(ROOT, top), { recursive: true, encoding: 'utf8' });
  const folders = files.filter((file) => file.endsWith('.ts') && file.includes('/')).map((file) => path.dirname(file));
  return [...new Set(folders)].map((folder) => `${folder}/`).sort();
}

/** The folders that the page's table under this heading line describes. */
function described(top: string): string[] {
  const [, table = ''] = new RegExp(`^\`${top}/\` .*\\n\\n((?:\\|.*\\n)+)`, 'm').exec(PAGE) ?? [];
  const cells = table.split('\n').map((row) => row.split(' | ')[0] ?? '');
  return cells.flatMap((cell) => [...cell.matchAll(/`([^`]+)`/g)].map(([, folder = '']) => folder)).sort();
}

it.each(['controllers', 'webhooks'])(
  'the page about the code has a line for each folder of %s, and for no other',
  (top) => {
    expect(rooms(top).length).toBeGreaterThan(5);
    expect(described(top)).toEqual(rooms(top));
  },
);
