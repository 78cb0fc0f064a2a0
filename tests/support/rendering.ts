import { runCommand } from '../../webhooks/command/command.ts';
import type { CommandInput, CommandOutput } from '../../webhooks/verb.ts';
import { commandInput } from './command-input.ts';

export const AGENT = {
  apiVersion: 'kaos.tools/v1alpha1',
  kind: 'Agent',
  metadata: { name: 'a', namespace: 'n' },
  spec: { modelAPI: 'm', model: 'm' },
};
export const MODEL = {
  apiVersion: 'kaos.tools/v1alpha1',
  kind: 'ModelAPI',
  metadata: { name: 'm' },
  spec: { mode: 'Hosted' },
};

/** Runs `render` with these arguments, and with this input. */
export const renderCommand = (args: readonly string[], given: Partial<CommandInput> = {}): CommandOutput =>
  runCommand(commandInput(['render', ...args], given));

/** Runs `render` with these arguments and without settings in the environment. */
export const renderFiles = (...args: string[]): CommandOutput => renderCommand(args);

/** Runs `render` with these documents on its standard input: YAML texts, or objects. */
export const renderStdin = (documents: readonly unknown[], ...flags: string[]): CommandOutput =>
  renderCommand([...flags, '-'], {
    readInput: () =>
      documents.map((document) => (typeof document === 'string' ? document : JSON.stringify(document))).join('\n---\n'),
  });

/** The objects of these kinds in the JSON output of `render`; other controllers may make more kinds for the same resources. */
export function itemsOf(stdout: string, ...kinds: readonly string[]) {
  // biome-ignore lint/suspicious/noExplicitAny: tests look into children freely.
  const { items } = JSON.parse(stdout) as { readonly items: readonly any[] };
  return items.filter(({ kind }) => kinds.includes(kind));
}

/** The tables that have a column, in the output of `render`, which has one table for each controller. */
export function tablesOf(stdout: string, column: string): readonly string[] {
  return stdout
    .trimEnd()
    .split('\n\n')
    .filter((text) => text.split('\n', 1)[0]?.split(/ {2,}/).includes(column));
}

export const table = (documents: readonly unknown[], ...flags: string[]) =>
  renderStdin(documents, '-o', 'table', ...flags);

/** The first cells of all rows, without the headings. */
export function firstCells(stdout: string): readonly string[] {
  const lines = stdout.split('\n').filter((line) => line !== '' && !/^(RESOURCE|GATEWAY) /.test(line));
  return lines.map((line) => line.split(/ {2,}/)[0] ?? '');
}
