import { describe, expect, it } from 'vitest';
import { runCommand } from '../webhooks/command/command.ts';
import { variableNames } from '../webhooks/settings/environment.ts';
import { commandInput, terminalOf } from './support/command-input.ts';

const run = (...args: readonly string[]) => runCommand(commandInput(args));
const verbs = [...run('help').stdout.matchAll(/^ {2}([a-z]+) .*$/gm)].flatMap(([, verb = '']) =>
  verb === 'help' ? [] : [verb],
);

it('the help of the command lists its verbs', () => {
  expect(verbs).toEqual(expect.arrayContaining(['render', 'check', 'settings']));
});

it('the help of the command fits into 80 columns', () => {
  const { stdout } = run('--help');
  expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
});

it('a misspelt verb is refused, with how to see the verbs', () => {
  expect(run('expl')).toEqual({
    code: 1,
    stdout: '',
    stderr: "error: unknown command 'expl'\n(Did you mean explain?)\n\nagent-gateway-hooks --help lists the verbs\n",
  });
});

describe.each(verbs)('the help of %s', (verb) => {
  const { code, stdout, stderr } = run('help', verb);
  it('is the same with --help, in 80 columns but for examples', () => {
    expect(run(verb, '--help')).toEqual({ code, stdout, stderr });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const [text = ''] = stdout.split('Examples:');
    expect(text.split('\n').filter((line) => line.length > 80 && !line.startsWith('  Each setting'))).toEqual([]);
  });

  it('fits on two screens', () => {
    expect(stdout.split('\n').length).toBeLessThan(80);
  });

  it.runIf(verb !== 'settings')('has examples', () => {
    expect(stdout).toMatch(new RegExp(`\\$ .*agent-gateway-hooks ${verb} `));
  });
});

describe('the verb settings', () => {
  it('has the settings that change answers, each with what it does and its value of the chart', () => {
    const { stdout } = run('settings');
    expect(stdout).toContain(
      '--gateway-name <value>\n    Name of the Gateway that routes attach to. Chart: gatewayAPI.gatewayName\n',
    );
    const flags = [...stdout.matchAll(/^--([a-z-]+) <value>\n {4}\S/gm)].map(([, flag = '']) => flag);
    expect(flags.length).toBeGreaterThan(40);
    expect(variableNames).toEqual(expect.arrayContaining(flags.map((flag) => flag.toUpperCase().replaceAll('-', '_'))));
  });

  it('is as wide as the terminal', () => {
    const { stdout } = runCommand(commandInput(['settings'], { terminal: terminalOf(120) }));
    const widths = stdout.split('\n').map((line) => line.length);
    expect(Math.max(...widths)).toBeGreaterThan(100);
    expect(Math.max(...widths)).toBeLessThanOrEqual(120);
  });
});
