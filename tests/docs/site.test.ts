import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { anchorOf, targetOf } from '../../site/links.ts';
import { addressOf, GROUPS } from '../../site/pages.ts';
import { PAGES, readDocument } from '../support/documents.ts';
import { ROOT } from '../support/run.ts';

const sources = GROUPS.flatMap(({ pages }) => pages).map(({ source }) => source);

describe('the site', () => {
  it('has each page of docs/ in one of four groups', () => {
    expect(GROUPS.map(({ title }) => title)).toEqual(['Start', 'Use', 'Operate', 'Understand']);
    expect(PAGES.filter((page) => !sources.includes(page))).toEqual([]);
    expect(sources.filter((source, place) => sources.indexOf(source) < place)).toEqual([]);
    expect(sources.filter((source) => !existsSync(path.join(ROOT, source)))).toEqual([]);
  });

  it('has the groups and the order of docs/README.md', () => {
    const [, ...groups] = readDocument('docs/README.md').split(/^## /m);
    const listed = groups.map((group) => ({
      title: group.split('\n')[0],
      sources: [...group.matchAll(/^\| \[[^\]]+\]\(([^)]+)\)/gm)].map(([, page]) => `docs/${page}`),
    }));
    const isListed = (source: string) => source.startsWith('docs/') && source !== 'docs/README.md';
    expect(listed).toEqual(
      GROUPS.map(({ title, pages }) => ({ title, sources: pages.map(({ source }) => source).filter(isListed) })),
    );
  });

  it('has the other pages of the folders with an index, and no file of the code', () => {
    expect(addressOf('docs/decisions/0001-decorate-instead-of-compose.md')).toBe(
      'decisions/0001-decorate-instead-of-compose',
    );
    expect(addressOf('docs/reference/README.md')).toBe('reference/index');
    expect(addressOf('controllers/problem.ts')).toBeUndefined();
  });
});

describe('a link of a document', () => {
  it.each([
    ['docs/install.md', 'limits.md#of-render', '/limits.md#of-render'],
    ['docs/limits.md', '../README.md#controllers', '/overview.md#controllers'],
    ['README.md', 'docs/', '/documents.md'],
    ['docs/decisions/0012-dependencies.md', '../licences.md', '/licences.md'],
    ['docs/reference/settings.md', '../../chart/README.md', '/reference/chart.md'],
  ])('of %s to %s leads to the page %s', (source, link, href) => {
    expect(targetOf(source, link)).toEqual({ outcome: 'page', href });
  });

  it.each(['https://example.com/a.md', '#anchor', 'mailto:a@example.com'])('to %s stays', (link) => {
    expect(targetOf('docs/install.md', link)).toEqual({ outcome: 'kept' });
  });

  it('to a file that is no page names the file', () => {
    const target = targetOf('docs/limits.md', '../controllers/data/size.ts');
    expect(target).toEqual({ outcome: 'file', file: 'controllers/data/size.ts' });
  });

  it("to a heading has GitHub's form", () => {
    expect(anchorOf("LiteLLM's key, and `spec.env`")).toBe('litellms-key-and-specenv');
  });
});
