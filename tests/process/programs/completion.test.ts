import { execFileSync, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { needing } from '../../support/needing.ts';
import { installPacked, type Packed } from '../../support/packed.ts';

const program = (name: string, ...args: readonly string[]) =>
  needing({ name, found: spawnSync(name, args).status === 0 });

/** Zsh completes only in a terminal. The shell in it gets a line and Tab, and prints all that it showed up to a text. */
const ZSH = `
zmodload zsh/zpty
zpty shell zsh -f -i
zpty -w shell 'autoload -Uz compinit; compinit -u -D; source script.zsh; bindkey "^I" complete-word; print re""ady'
zpty -r shell shown '*ready*'
zpty -w -n shell "$1"$'\\t'
zpty -r shell shown "*$2*"
print -r -- "$shown"
zpty -d shell
`;

describe('completion by the package', () => {
  let packed: Packed;
  let run: (name: string, ...args: readonly string[]) => string;
  beforeAll(() => {
    packed = installPacked();
    const cwd = packed.folder;
    const env = { PATH: `${path.join(cwd, 'node_modules/.bin')}:${process.env['PATH']}`, HOME: cwd };
    run = (name, ...args) =>
      execFileSync(name, args, { cwd, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], timeout: 50_000 });
    for (const shell of ['bash', 'zsh', 'fish']) {
      writeFileSync(path.join(cwd, `script.${shell}`), run('agent-gateway-hooks', 'completion', shell));
    }
    writeFileSync(path.join(cwd, 'team one.yaml'), '');
  }, 300_000);
  afterAll(() => packed?.remove());

  it('works in bash', () => {
    /** Calls the function as bash does: with the name, the word and the one before, and the words in COMP_WORDS. */
    const complete = (...words: readonly string[]) => {
      const quoted = words.map((word) => `'${word}'`);
      const set = `COMP_WORDS=(agent-gateway-hooks ${quoted.join(' ')}); COMP_CWORD=${words.length}`;
      const call = `_agent_gateway_hooks agent-gateway-hooks ${quoted.at(-1)} ${quoted.at(-2) ?? "''"}`;
      const text = run('bash', '--norc', '-c', `source script.bash; ${set}; ${call}; printf '%s\n' "\${COMPREPLY[@]}"`);
      return text.trim().split('\n');
    };
    expect(complete('re')).toEqual(['render', 'replay']);
    expect(complete('check', '--output', 's')).toEqual(['sarif']);
    expect(complete('check', '--output', '=', 's')).toEqual(['sarif']);
    expect(complete('check', '--output', '=')).toEqual(['text', 'json', 'sarif', 'github']);
    expect(complete('render', '')).toEqual(['']);
  });

  program('zsh', '--version').it('works in zsh', () => {
    const shown = (line: string, last: string) =>
      run('zsh', '-f', '-c', ZSH, 'zsh', `agent-gateway-hooks ${line}`, last);
    expect(shown('re', 'replay  ')).toMatch(/render {2}-- Print/);
    expect(shown('check --output s', 'sarif')).not.toContain('github');
    expect(shown('check --output=s', '--output=sarif')).not.toContain('github');
    expect(shown('check te', 'yaml')).toContain('check team\\ one.yaml');
    expect(shown('check --values=te', 'yaml')).toContain('--values=team\\ one.yaml');
  });

  program('fish', '--version').it('works in fish', () => {
    const complete = (line: string) => {
      const text = run(
        'fish',
        '--no-config',
        '-c',
        `source script.fish; complete --do-complete 'agent-gateway-hooks ${line}'`,
      );
      return text
        .trim()
        .split('\n')
        .map((each) => each.split('\t')[0]);
    };
    expect(complete('re')).toEqual(['render', 'replay']);
    expect(complete('check --output s')).toEqual(['sarif']);
    expect(complete('check --output=s')).toEqual(['--output=sarif']);
    expect(complete('check te')).toEqual(['team one.yaml']);
    expect(complete('check --values te')).toEqual(['team one.yaml']);
    expect(complete('render --gateway-name ')).toEqual(['']);
  });

  program('kubectl', 'version', '--client').it('works in kubectl, which knows its plugins with dashes', () => {
    const complete = (...words: readonly string[]) =>
      run('kubectl', '__complete', 'agent-gateway', ...words).split('\n');
    expect(complete('re').map((line) => line.split('\t')[0])).toEqual(['render', 'replay', ':4', '']);
    expect(complete('check', '--output', 's').slice(0, 2)).toEqual(['sarif', ':4']);
  });
});
