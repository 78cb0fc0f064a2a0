import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { runCommand } from '../../webhooks/command/command.ts';
import { commandInput } from '../support/command-input.ts';
import { COMMANDS, ofProgram, readDocument, START_COMMANDS } from '../support/documents.ts';
import { needing } from '../support/needing.ts';
import { AGENT } from '../support/rendering.ts';
import { ROOT } from '../support/run.ts';
import { testService } from '../support/service.ts';

const npm = (args: readonly string[], input = '') => execFileSync('npm', args, { cwd: ROOT, encoding: 'utf8', input });

it('documents use only programs that a test covers', () => {
  const programs = new Set(COMMANDS.map(({ program }) => program));
  expect([...programs].sort()).toEqual(['agent-gateway-hooks', 'grep', 'helm', 'kubectl', 'npm', 'openssl']);
});

/** Resources as `kubectl get --output json` prints them. */
const LIST = JSON.stringify({
  apiVersion: 'v1',
  kind: 'List',
  items: [
    AGENT,
    {
      ...AGENT,
      metadata: { name: 'hidden', namespace: 'n' },
      spec: { ...AGENT.spec, agentNetwork: { expose: false } },
    },
  ],
});

it.each(ofProgram('npm'))('%s: %s', (_page, _text, { args, isPiped }) => {
  expect(args.filter((arg) => arg in packageJson.scripts)).toEqual(['render']);
  const printed = npm(args, isPiped ? LIST : '');
  expect(printed).not.toBe('');
  expect(!isPiped || printed.includes('none (NotExposed)')).toBe(true);
});

it.each(ofProgram('agent-gateway-hooks'))('%s: %s', (_page, _text, { args }) => {
  const printed = runCommand(commandInput(args, { readInput: () => LIST }));
  expect(printed).toEqual({ code: 0, stdout: expect.stringMatching(/\S/), stderr: '' });
});

it.each(ofProgram('grep'))('%s: %s finds a line of the log', async (_page, _text, { args, isPiped }) => {
  const { post, lines } = testService({}, undefined);
  const named = (name: string) => ({
    controller: {},
    object: { ...AGENT, metadata: { name, namespace: 'n' } },
    attachments: {},
    related: {},
    finalizing: false,
  });
  await post('/kaos-routes/sync', named('my-agent'));
  await post('/kaos-routes/sync', named('with.dot'));
  const log = lines.map((line) => JSON.stringify(line)).join('\n');
  expect(isPiped).toBe(true);
  expect(execFileSync('grep', args, { input: log, encoding: 'utf8' }).trim().split('\n')).toHaveLength(1);
});

it("documents build, push and install one image, with the chart's version", () => {
  const built = START_COMMANDS.filter(({ program }) => program === 'docker').map(({ args }) =>
    args.find((arg) => arg.includes('/')),
  );
  const [, version] = /^appVersion: (.*)$/m.exec(readDocument('chart/Chart.yaml')) ?? [];
  const installed = START_COMMANDS.flatMap(({ args }) => args)
    .filter((arg) => arg.startsWith('image.repository='))
    .map((arg) => `${arg.slice('image.repository='.length)}:${version}`);
  expect(built).toHaveLength(6);
  expect(new Set(installed)).toEqual(new Set(built));
});

const OPENSSL = 'openssl';
const hasOpenssl = spawnSync(OPENSSL, ['version']).status === 0;
needing({ name: 'openssl on PATH', found: hasOpenssl }).it.each(ofProgram(OPENSSL))(
  '%s: %s makes a file that is used',
  (_page, _text, { args }) => {
    const folder = mkdtempSync(path.join(tmpdir(), 'docs-'));
    execFileSync(OPENSSL, args, { cwd: folder });
    const file = args[args.indexOf('-out') + 1] ?? '';
    expect(existsSync(path.join(folder, file))).toBe(true);
    rmSync(folder, { recursive: true });
    const used = COMMANDS.flatMap((command) => command.args).filter((arg) => arg.startsWith('--from-file='));
    expect(used.map((arg) => arg.split('=').at(-1))).toContain(file);
  },
);
