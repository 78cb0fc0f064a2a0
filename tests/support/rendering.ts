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

export const table = (documents: readonly unknown[], ...flags: string[]) =>
  renderStdin(documents, '-o', 'table', ...flags);
