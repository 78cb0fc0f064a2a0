import { readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readDocument } from '../support/documents.ts';
import { ROOT } from '../support/run.ts';

const FOLDER = 'docs/decisions';
const MOST_WORDS = 400;
const index = readDocument(`${FOLDER}/README.md`);
const decisions = readdirSync(path.join(ROOT, FOLDER))
  .filter((name) => name !== 'README.md')
  .sort();

/** As `wc -w` counts. */
function words(text: string): number {
  return text.split(/\s+/).filter(Boolean).length;
}

describe('each decision', () => {
  it.each(decisions)('%s is in the index by number and title, with one line about it', (name) => {
    const [, number, title = ''] = /^# (\d+)\. (.+)$/m.exec(readDocument(`${FOLDER}/${name}`)) ?? [];
    expect(name).toMatch(new RegExp(`^${String(number).padStart(4, '0')}-[a-z0-9.-]+\\.md$`));
    const row = index.split('\n').find((line) => line.startsWith(`| [${number}](${name}) | ${title} | `));
    expect(row, 'its row').toMatch(/ \| [^|]+ \|$/);
  });

  it.each(decisions)(`%s has at most ${MOST_WORDS} words`, (name) => {
    expect(words(readDocument(`${FOLDER}/${name}`))).toBeLessThanOrEqual(MOST_WORDS);
  });

  it('has its own number, counted from 1, and is in the index in that order', () => {
    const expected = decisions.map((_, place) => place + 1);
    expect(decisions.map((name) => Number(name.slice(0, 4)))).toEqual(expected);
    const rows = [...index.matchAll(/^\| \[(\d+)\]/gm)].map(([, number]) => Number(number));
    expect(rows).toEqual(expected);
  });

  it('can be found from the README and from the list of documents', () => {
    expect(readDocument('README.md')).toContain(`](${FOLDER}/README.md)`);
    expect(readDocument('docs/README.md')).toContain('](decisions/README.md)');
  });
});
