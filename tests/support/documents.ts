import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from './run.ts';

export const readDocument = (file: string) => readFileSync(path.join(ROOT, file), 'utf8');

/** The pages of `docs/` without the decisions. */
export const PAGES = readdirSync(path.join(ROOT, 'docs'))
  .filter((name) => name.endsWith('.md'))
  .map((name) => `docs/${name}`);

/** The pages from an empty cluster to the first call. `tests/cluster/start-pages.test.ts` runs all of their commands. */
export const START_PAGES = PAGES.filter((page) => page.startsWith('docs/start-'));

/** The fenced blocks of one language, without their indentation. */
export function blocks(text: string, language: string): string[] {
  return [...text.matchAll(new RegExp(`^( *)\`\`\`${language}\\n(.*?)^ *\`\`\`$`, 'gms'))].map(
    ([, indent = '', block = '']) => block.replaceAll(new RegExp(`^${indent}`, 'gm'), '').trim(),
  );
}

/** A command of a page, as a shell would split it. */
export interface DocumentedCommand {
  readonly page: string;
  readonly text: string;
  readonly program: string;
  readonly args: readonly string[];
  /** The text of its here-document, if any. */
  readonly input: string | undefined;
  /** Whether it reads the output of the command before it. */
  readonly isPiped: boolean;
}

const COMMAND = /^(.*?)(?: <<(\w+)\n(.*?)^\2)?$/gms;
/** A word of a command: quoted and plain parts without a space between them. */
const WORD = /(?:'[^']*'|"[^"]*"|[^\s'"])+/g;
const QUOTED = /'([^']*)'|"([^"]*)"/g;

/** The commands of a page as a reader pastes them, each on one line before its here-document. */
export function pastedCommands(page: string): string[] {
  return blocks(readDocument(page), 'sh')
    .flatMap(commandTexts)
    .map(([text]) => text);
}

/** The commands in a block: the whole text, the command, the word after `<<`, and the here-document. */
function commandTexts(block: string): RegExpExecArray[] {
  return [...block.replaceAll(/\\\n\s*/g, '').matchAll(COMMAND)].filter(([, text = '']) => text !== '');
}

function commandsOf(page: string): DocumentedCommand[] {
  return blocks(readDocument(page), 'sh').flatMap((block) =>
    commandTexts(block).flatMap(([, text = '', , input]) =>
      pipeline(words(text)).map(([program = '', ...args], index) => {
        return { page, text, program, args, input, isPiped: index > 0 };
      }),
    ),
  );
}

/** The words of each command between pipes. */
function pipeline(all: readonly string[]): readonly (readonly string[])[] {
  const end = all.indexOf('|');
  return end < 0 ? [all] : [all.slice(0, end), ...pipeline(all.slice(end + 1))];
}

function words(text: string): string[] {
  return [...text.matchAll(WORD)].map(([word]) => word.replaceAll(QUOTED, (_, single, double) => single ?? double));
}

/** The pages whose commands tests of their own run. */
const RUN_PAGES = [...START_PAGES, 'docs/render.md', 'docs/unit-tests.md'];

/** The commands of the pages from an empty cluster to the first call. */
export const START_COMMANDS = START_PAGES.flatMap(commandsOf);

/** The commands of all other pages. */
export const COMMANDS = PAGES.filter((page) => !RUN_PAGES.includes(page)).flatMap(commandsOf);

/** Commands as cases of a test: the page, the text, the command. */
export function named(commands: readonly DocumentedCommand[]) {
  return commands.map((command) => [path.basename(command.page), command.text, command] as const);
}

export function ofProgram(program: string) {
  return named(COMMANDS.filter((command) => command.program === program));
}
