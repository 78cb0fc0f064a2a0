import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';

/** Checks the built site. Prints each dead link and each file of another host, and exits with 1 if there is one. */
const DIST = path.join(import.meta.dirname, 'dist');
const BASE = process.env['SITE_BASE'] ?? '/';
const files = readdirSync(DIST, { recursive: true, encoding: 'utf8' });
const pages = new Map(
  files.filter((name) => name.endsWith('.html')).map((name) => [name, readFileSync(path.join(DIST, name), 'utf8')]),
);
const styles = files
  .filter((name) => name.endsWith('.css'))
  .map((name) => [name, readFileSync(path.join(DIST, name), 'utf8')] as const);

const faults = [
  ...[...pages].flatMap(([name, html]) => [...deadLinks(name, html), ...foreignFiles(name, html)]),
  ...styles.flatMap(([name, css]) => foreignIn(name, css)),
];
for (const fault of faults) {
  process.stderr.write(`${fault}\n`);
}
process.stdout.write(`pages: ${pages.size}, faults: ${faults.length}\n`);
process.exitCode = faults.length > 0 ? 1 : 0;

function deadLinks(page: string, html: string): readonly string[] {
  const links = [...html.matchAll(/<a\b[^>]*?\bhref="([^"]*)"/g)].map(([, href = '']) => href.replaceAll('&amp;', '&'));
  return [...new Set(links)]
    .filter((href) => !leadsSomewhere(page, href))
    .map((href) => `${page}: ${href} leads nowhere`);
}

/** A page or a file with the heading of the link; of another host, an address that can be read. */
function leadsSomewhere(page: string, href: string): boolean {
  if (/^[a-z]+:/i.test(href)) {
    return URL.canParse(href);
  }
  const at = new URL(href, `http://site${BASE}${page}`);
  const name = decodeURIComponent(at.pathname.slice(BASE.length));
  const file = name === '' || name.endsWith('/') ? `${name}index.html` : name;
  const found = [file, `${file}.html`].find(
    (one) => existsSync(path.join(DIST, one)) && statSync(path.join(DIST, one)).isFile(),
  );
  const anchor = decodeURIComponent(at.hash.slice(1));
  const isPage = found?.endsWith('.html') === true;
  return found !== undefined && (anchor === '' || !isPage || pages.get(found)?.includes(` id="${anchor}"`) === true);
}

/** Files that a browser would load from another host. */
function foreignFiles(page: string, html: string): readonly string[] {
  const loaded = [
    ...html.matchAll(/<(?:link|script|img|source|iframe)\b[^>]*?\b(?:href|src)="((?:https?:)?\/\/[^"]*)"/g),
  ];
  return [...loaded.map(([, address]) => `${page}: loads ${address}`), ...foreignIn(page, html)];
}

function foreignIn(name: string, text: string): readonly string[] {
  const found = [...text.matchAll(/(?:@import\s+|@import\s+url\(|url\()["']?((?:https?:)?\/\/[^"')]+)/g)];
  return found.map(([, address]) => `${name}: loads ${address}`);
}
