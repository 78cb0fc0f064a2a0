/** A generated file of `docs/reference/`. */
export interface Page {
  readonly file: string;
  readonly text: string;
}

/** A page with its title, and a note on where its text comes from. */
export function page(file: string, title: string, parts: readonly string[]): Page {
  const [name = '', ...rest] = [`# ${title}`, ...parts].map((part) => part.trim());
  return { file, text: `${[name, GENERATED, ...rest].join('\n\n')}\n` };
}

const GENERATED = '<!-- Generated from the code by `npm run reference`. -->';

/** A table with one row per entry. Cells are Markdown. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(cell).join(' | ')} |`.replaceAll('|  |', '| |');
  return [line(head), `|${'---|'.repeat(head.length)}`, ...rows.map(line)].join('\n');
}

/** Text in a cell: on one line, and without a bar that would end the cell. */
function cell(text: string): string {
  return text.replaceAll(/\s*\n\s*/g, ' ').replaceAll('|', '\\|');
}

/** Inline code; nothing for an empty text. */
export function code(text: string): string {
  return text === '' ? '' : `\`${text}\``;
}

/** A plain text as Markdown, in which `<` and `{` outside inline code are not markup of the page. */
export function prose(text: string): string {
  return text
    .split(/(`[^`]*`)/)
    .map((part) => (part.startsWith('`') ? part : part.replaceAll('<', '&lt;').replaceAll('{{', '&#123;&#123;')))
    .join('');
}
