import { cpSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { addressOf } from './pages.ts';

/** Files that are on the site as they are. */
const ASIS = ['docs/reference/openapi.json'];

/** Pictures of pages, and where these look for them: those of `docs/` beside the page, the README from the top of the repository. */
const PICTURES = [
  ['docs/performance.svg', 'performance.svg'],
  ['docs/soak.svg', 'soak.svg'],
  ['docs/pictures', 'pictures'],
  ['docs/pictures', 'docs/pictures'],
] as const;

/** Where pages of the site can come from. */
const SOURCES = ['README.md', 'CONTRIBUTING.md', 'examples/README.md', 'chart/README.md'];

/**
 * Copies the pages into a folder in which each has its address on the site, because the generator looks for its packages from the
 * place of a page. Returns the file in the repository of each copy.
 */
export function stagePages(root: string, folder: string): ReadonlyMap<string, string> {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  cpSync(path.join(root, 'site/index.md'), path.join(folder, 'index.md'));
  const documents = readdirSync(path.join(root, 'docs'), { recursive: true, encoding: 'utf8' });
  const sources = [
    ...SOURCES,
    ...documents.map((name) => path.posix.join('docs', name)).filter((name) => name.endsWith('.md')),
  ];
  const copies = sources.flatMap((source) => {
    const address = addressOf(source);
    return address === undefined ? [] : [[path.join(folder, `${address}.md`), source] as const];
  });
  for (const [copy, source] of copies) {
    cpSync(path.join(root, source), copy);
  }
  for (const [file, copy] of PICTURES) {
    cpSync(path.join(root, file), path.join(folder, copy), { recursive: true });
  }
  for (const file of ASIS) {
    cpSync(path.join(root, file), path.join(folder, 'public', file.slice('docs/'.length)));
  }
  return new Map(copies);
}
