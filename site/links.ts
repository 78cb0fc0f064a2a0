import path from 'node:path';
import { addressOf } from './pages.ts';

/** Where a link of a page leads on the site. */
export type Target =
  | { readonly outcome: 'kept' }
  | { readonly outcome: 'page'; readonly href: string }
  /** A file of the repository that is not a page. */
  | { readonly outcome: 'file'; readonly file: string };

/** Resolves a link of a Markdown file of the repository. `source` is the file's own path there. */
export function targetOf(source: string, href: string): Target {
  if (/^([a-z]+:|#)/i.test(href)) {
    return { outcome: 'kept' };
  }
  const [to = '', anchor] = href.split('#');
  const file = path.posix.join(path.posix.dirname(source), to).replace(/\/$/, '');
  if (file === 'docs/reference/openapi.json') {
    return { outcome: 'kept' };
  }
  const address = addressOf(file) ?? addressOf(`${file}/README.md`);
  const hash = anchor === undefined ? '' : `#${anchor}`;
  return address === undefined ? { outcome: 'file', file } : { outcome: 'page', href: `/${address}.md${hash}` };
}

/** The anchor of a heading, as GitHub makes it, so that one link leads to it in both places. */
export function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^\w -]/g, '')
    .replaceAll(' ', '-');
}
