import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { readDocument } from '../support/documents.ts';
import { ROOT } from '../support/run.ts';

const read = readDocument;

describe('the documents', () => {
  const documents = [
    'README.md',
    'CONTRIBUTING.md',
    'CHANGELOG.md',
    'SECURITY.md',
    'examples/README.md',
    'tests/cards/README.md',
    'tests/cluster/README.md',
    ...readdirSync(path.join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.md'))
      .map((name) => `docs/${name}`),
  ];

  it.each(documents)('have only links that lead somewhere: %s', (document) => {
    // A pattern in inline code can look like a link.
    const text = read(document).replaceAll(/`[^`\n]*`/g, '');
    const links = [...text.matchAll(/\]\((?!https?:)([^)]+)/g)].map(([, link = '']) => link);
    expect(links.filter((link) => !leadsSomewhere(document, link))).toEqual([]);
  });

  /** Whether the file or folder exists and has the heading that the link names, in GitHub's form. */
  function leadsSomewhere(document: string, link: string): boolean {
    const [to = '', anchor] = link.split('#');
    const file = to === '' ? document : path.join(path.dirname(document), to);
    if (anchor === undefined || !existsSync(path.join(ROOT, file))) {
      return existsSync(path.join(ROOT, file));
    }
    const headings = [...read(file).matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) => heading.toLowerCase());
    return headings.some((heading) => heading.replaceAll(/[^\w -]/g, '').replaceAll(' ', '-') === anchor);
  }

  it('list all examples in a table', () => {
    const files = readdirSync(path.join(ROOT, 'examples'), { recursive: true, encoding: 'utf8' });
    const table = read('examples/README.md');
    expect(files.filter((file) => file.endsWith('.yaml') && !table.includes(`(${file})`))).toEqual([]);
  });

  it('give a reason for every dependency', () => {
    const reasons = read('docs/decisions/0012-dependencies.md');
    const names = Object.keys({ ...packageJson.dependencies, ...packageJson.devDependencies });
    expect(names.filter((name) => !reasons.includes(`\`${name}\``))).toEqual([]);
  });
});
