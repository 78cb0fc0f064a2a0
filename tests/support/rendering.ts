import { type RenderOutput, renderCommand } from '../../webhooks/render/command.ts';

export const AGENT = { apiVersion: 'kaos.tools/v1alpha1', kind: 'Agent', metadata: { name: 'a', namespace: 'n' } };
export const MODEL = {
  apiVersion: 'kaos.tools/v1alpha1',
  kind: 'ModelAPI',
  metadata: { name: 'm' },
  spec: { mode: 'Hosted' },
};

/** What `render` prints and ends with for these arguments, without settings in the environment. */
export const renderFiles = (...args: string[]): RenderOutput =>
  renderCommand({ args, variables: {}, readInput: () => '' });

/** What `render` makes of these documents on its standard input: YAML as it is, or objects. */
export const renderStdin = (documents: readonly unknown[], ...flags: string[]): RenderOutput =>
  renderCommand({
    args: [...flags, '-'],
    variables: {},
    readInput: () =>
      documents.map((document) => (typeof document === 'string' ? document : JSON.stringify(document))).join('\n---\n'),
  });

/** What `render` printed as JSON, of these kinds alone: other controllers may make more of the same resources. */
export function itemsOf(stdout: string, ...kinds: readonly string[]) {
  // biome-ignore lint/suspicious/noExplicitAny: tests look into children freely.
  const { items } = JSON.parse(stdout) as { readonly items: readonly any[] };
  return items.filter(({ kind }) => kinds.includes(kind));
}

/** The tables with a column, of all that `render` printed; each controller has its own. */
export function tablesOf(stdout: string, column: string): readonly string[] {
  return stdout
    .trimEnd()
    .split('\n\n')
    .filter((text) => text.split('\n', 1)[0]?.split(/ {2,}/).includes(column));
}

export const table = (documents: readonly unknown[], ...flags: string[]) =>
  renderStdin(documents, '-o', 'table', ...flags);
