import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runCommand } from '../../webhooks/command/command.ts';
import type { CommandInput, CommandOutput } from '../../webhooks/verb.ts';
import { commandInput } from './command-input.ts';

/** Runs `explain` with these arguments, and with this text on its standard input. */
export const explainText = (text: string, args: readonly string[], given: Partial<CommandInput> = {}): CommandOutput =>
  runCommand(commandInput(['explain', ...args], { readInput: () => text, ...given }));

/** The same in a folder with these files, each named in the arguments by its name. */
export function explainFiles(files: Readonly<Record<string, string>>, args: readonly string[]): CommandOutput {
  const folder = mkdtempSync(path.join(tmpdir(), 'explain-'));
  try {
    for (const [name, text] of Object.entries(files)) {
      writeFileSync(path.join(folder, name), text);
    }
    const placed = args.map((arg) => (Object.hasOwn(files, arg) ? path.join(folder, arg) : arg));
    const { code, stdout, stderr } = runCommand(commandInput(['explain', ...placed]));
    const named = (text: string) => text.replaceAll(`${folder}${path.sep}`, '');
    return { code, stdout: named(stdout), stderr: named(stderr) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A text without its line breaks, so that a test does not depend on the width. */
export const unwrapped = (text: string): string => text.replaceAll(/\s+/g, ' ');
