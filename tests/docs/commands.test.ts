import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { COMMANDS, ofProgram, readDocument } from '../support/documents.ts';
import { needing } from '../support/needing.ts';
import { itemsOf } from '../support/rendering.ts';
import { ROOT } from '../support/run.ts';

const npm = (args: readonly string[]) => execFileSync('npm', args, { cwd: ROOT, encoding: 'utf8' });

it('documents use only programs that a test covers', () => {
  const programs = new Set(COMMANDS.map(({ program }) => program));
  expect([...programs].sort()).toEqual(['curl', 'docker', 'helm', 'kubectl', 'npm', 'openssl']);
});

it.each(ofProgram('npm'))('%s: %s', (_page, _text, { args }) => {
  expect(args.filter((arg) => arg in packageJson.scripts)).toEqual(['render']);
  expect(npm(args)).not.toBe('');
});

it.each(ofProgram('curl'))('%s: %s calls a path of a route', (_page, _text, { args: [url = ''] }) => {
  const routes = itemsOf(npm(['run', '--silent', 'render', '--', '-o', 'json', 'examples/kaos-routes']), 'HTTPRoute');
  const prefixes = routes.map(({ spec }) => spec.rules[0].matches[0].path.value);
  expect(prefixes.filter((prefix) => new URL(url).pathname.startsWith(`${prefix}/`))).toHaveLength(1);
});

it("documents build, push and install one image, with the chart's version", () => {
  const built = COMMANDS.filter(({ program }) => program === 'docker').map(({ args }) =>
    args.find((arg) => arg.includes('/')),
  );
  const [, version] = /^appVersion: (.*)$/m.exec(readDocument('chart/Chart.yaml')) ?? [];
  const installed = COMMANDS.flatMap(({ args }) => args)
    .filter((arg) => arg.startsWith('image.repository='))
    .map((arg) => `${arg.slice('image.repository='.length)}:${version}`);
  expect(built).toHaveLength(2);
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
