import { describe, expect, it } from 'vitest';
import { runCommand } from '../webhooks/command/command.ts';
import { commandInput } from './support/command-input.ts';

/** The values that are proposed for the last of these words, and `files` if files are. */
function proposed(...words: readonly string[]): readonly string[] {
  const { code, stdout } = runCommand(commandInput(['__complete', ...words]));
  expect(code).toBe(0);
  const lines = stdout.trimEnd().split('\n');
  const values = lines.slice(0, -1).map((line) => line.split('\t')[0] ?? '');
  return lines.at(-1) === ':0' ? [...values, 'files'] : values;
}

describe('completion proposes', () => {
  it.each<[string, readonly string[], readonly string[]]>([
    ['verbs', ['re'], ['render', 'replay']],
    ['the flags of the program', ['--v'], ['--version']],
    ['the verbs that have help', ['help', 'ch'], ['check']],
    ['files for the arguments of a verb', ['render', ''], ['files']],
    ['files after a flag', ['render', '--strict', 'm'], ['files']],
    ['flags of the verb alone', ['check', '--str'], ['--strict']],
    ['settings', ['check', '--gateway-h'], ['--gateway-hostnames']],
    ['the choices of a flag', ['check', '--output', 's'], ['sarif']],
    ['the choices of a short flag', ['check', '-o', 'te'], ['text']],
    ['the choices after an equals sign', ['check', '--output=g'], ['--output=github']],
    ['the choices after an equals sign, as bash splits words', ['check', '--output', '=', 'g'], ['--output=github']],
    [
      'all choices after an equals sign',
      ['replay', '--output', '='],
      ['--output=text', '--output=yaml', '--output=json'],
    ],
    ['kinds', ['render', '--kind', 'Mod'], ['ModelAPI']],
    ['hooks', ['replay', '--hook', 'kaos-routes/'], ['kaos-routes/sync', 'kaos-routes/customize']],
    ['files for a flag with a file', ['render', '--values', ''], ['files']],
    ['files for a flag with a folder', ['fixture', '--folder', ''], ['files']],
    ['shells', ['completion', ''], ['bash', 'zsh', 'fish']],
    ['nothing for a free value', ['render', '--gateway-name', ''], []],
    ['nothing after a verb that does not exist', ['rendr', ''], []],
    ['files after two dashes', ['render', '--', '--str'], ['files']],
  ])('%s', (_what, words, values) => {
    expect(proposed(...words)).toEqual(values);
  });

  it('all verbs, and nothing hidden', () => {
    expect(proposed('')).toEqual(
      expect.arrayContaining(['render', 'check', 'replay', 'fixture', 'completion', 'help']),
    );
    expect(proposed('').join(' ')).not.toContain('_');
  });
});

it('completion refuses a shell that it does not have', () => {
  expect(runCommand(commandInput(['completion', 'csh']))).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('Allowed choices are bash, zsh, fish.'),
  });
});
