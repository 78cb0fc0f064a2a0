import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { DefaultTheme } from 'vitepress';
import packageJson from '../package.json' with { type: 'json' };
import { GROUPS, type PageOfSite } from './pages.ts';

type Item = DefaultTheme.SidebarItem;

/** The sidebar: four groups, and the pages of a folder under its index. */
export function sidebar(root: string): Item[] {
  return GROUPS.map(({ title, pages }) => ({ text: title, items: pages.map((page) => item(page, root)) }));
}

function item(page: PageOfSite, root: string): Item {
  const text = page.name ?? titleOf(path.join(root, page.source));
  const isIndex = page.address.endsWith('/index');
  const others = isIndex ? pagesBeside(page.source, root) : [];
  return { text, link: `/${page.address.replace(/index$/, '')}`, ...(isIndex && { items: others, collapsed: true }) };
}

/** The other pages in the folder of an index. */
function pagesBeside(index: string, root: string): Item[] {
  const folder = path.dirname(index);
  return readdirSync(path.join(root, folder))
    .filter((name) => name.endsWith('.md') && name !== 'README.md')
    .sort()
    .map((name) => ({
      text: titleOf(path.join(root, folder, name)),
      link: `/${path.posix.join(folder, name).slice('docs/'.length, -'.md'.length)}`,
    }));
}

function titleOf(file: string): string {
  const [, title = file] = /^# (.*)$/m.exec(readFileSync(file, 'utf8')) ?? [];
  return title.replaceAll('`', '');
}

/**
 * The switcher of versions: the newest site, and one for each tag, under the address in SITE_URL. The site of a tag is built from it with
 * SITE_BASE=/<tag>/ and is kept beside the others. Without SITE_URL, the version of this site alone.
 */
export function versions(root: string): DefaultTheme.NavItem {
  const { version } = packageJson;
  const address = process.env['SITE_URL'];
  if (address === undefined) {
    return { text: version, link: '/', activeMatch: '^$' };
  }
  const tags = execFileSync('git', ['tag', '--list', 'v*', '--sort=-v:refname'], { cwd: root, encoding: 'utf8' });
  const items = tags
    .split('\n')
    .filter(Boolean)
    .map((tag) => ({ text: tag, link: `${address}/${tag}/` }));
  return { text: version, items: [{ text: 'newest', link: `${address}/` }, ...items] };
}
