import type { MarkdownRenderer } from 'vitepress';
import { diagram } from './diagram.ts';
import { type Target, targetOf } from './links.ts';

/** The parts of a token of markdown-it that are read or changed here. */
interface Token {
  type: string;
  tag: string;
  attrs: [string, string][] | null;
  attrGet(name: string): string | null;
  attrSet(name: string, value: string): void;
}

/** The address of the repository's files, such as those of a tag. Without it, a link to a file that is no page is plain text. */
const SOURCE = process.env['SITE_SOURCE'];

/**
 * Reads the Markdown of the repository: its links lead to pages of the site, Mermaid texts become pictures, and braces in code stay
 * braces. `sources` has the file in the repository of each page.
 */
export function repositoryMarkdown(sources: ReadonlyMap<string, string>) {
  return (markdown: MarkdownRenderer): void => {
    markdown.core.ruler.push('repository', ({ tokens, env }) => {
      const source = sources.get(env.path ?? '');
      for (const { children } of tokens) {
        bracesStay(children ?? []);
        if (source !== undefined) {
          redirectAll(children ?? [], source);
        }
      }
    });
    const { fence } = markdown.renderer.rules;
    markdown.renderer.rules.fence = (...call: Parameters<NonNullable<typeof fence>>) => {
      const [tokens, index] = call;
      const token = tokens[index];
      return token?.info.trim() === 'mermaid'
        ? `<figure class="diagram" v-pre>${diagram(token.content)}</figure>\n`
        : (fence?.(...call) ?? '');
    };
  };
}

/** Vue would read `{{` as the start of an expression. */
function bracesStay(tokens: readonly Token[]): void {
  for (const token of tokens.filter(({ type }) => type === 'code_inline')) {
    token.attrSet('v-pre', '');
  }
}

function redirectAll(tokens: readonly Token[], source: string): void {
  for (const [index, token] of tokens.entries()) {
    if (token.type === 'link_open') {
      const end = tokens.slice(index).find(({ type }) => type === 'link_close');
      redirect([token, end], targetOf(source, token.attrGet('href') ?? ''));
    }
  }
}

function redirect([start, end]: readonly [Token, Token | undefined], target: Target): void {
  if (target.outcome === 'page') {
    start.attrSet('href', target.href);
  } else if (target.outcome === 'file' && SOURCE !== undefined) {
    start.attrSet('href', `${SOURCE}/${target.file}`);
  } else if (target.outcome === 'file' && end !== undefined) {
    Object.assign(start, { type: 'span_open', tag: 'span', attrs: [['title', target.file]] });
    Object.assign(end, { type: 'span_close', tag: 'span' });
  }
}
