import path from 'node:path';
import { defineConfig } from 'vitepress';
import { anchorOf } from '../links.ts';
import { repositoryMarkdown } from '../markdown.ts';
import { sidebar, versions } from '../navigation.ts';
import { GROUPS } from '../pages.ts';
import { stagePages } from '../stage.ts';

const ROOT = path.join(import.meta.dirname, '../..');
const inSite = (name: string) => path.join(ROOT, 'site', name);
const sources = stagePages(ROOT, inSite('.pages'));

export default defineConfig({
  title: 'agent-gateway-hooks',
  description: 'A way in for AI agents on Kubernetes, by hooks of Metacontroller',
  base: process.env['SITE_BASE'] ?? '/',
  srcDir: inSite('.pages'),
  outDir: inSite('dist'),
  cacheDir: inSite('node_modules/.cache/vitepress'),
  // PromQL has no grammar here. SQL's colours strings, numbers and functions of it.
  markdown: { config: repositoryMarkdown(sources), anchor: { slugify: anchorOf }, languageAlias: { promql: 'sql' } },
  transformPageData: ({ relativePath, frontmatter }) => ({
    frontmatter: { aside: !relativePath.startsWith('reference/'), ...frontmatter },
  }),
  themeConfig: {
    nav: [...GROUPS.map(({ title, pages: [first] }) => ({ text: title, link: `/${first?.address}` })), versions(ROOT)],
    sidebar: sidebar(ROOT),
    search: { provider: 'local' },
    outline: [2, 3],
    docFooter: { prev: 'Previous', next: 'Next' },
  },
});
