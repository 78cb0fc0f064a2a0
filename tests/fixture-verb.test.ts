import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runCommand } from '../webhooks/command/command.ts';
import { commandInput } from './support/command-input.ts';
import { AGENT, MODEL } from './support/rendering.ts';

const fixture = (args: readonly string[], ...documents: readonly object[]) =>
  runCommand(
    commandInput(['fixture', ...args], {
      readInput: () => documents.map((document) => JSON.stringify(document)).join('\n---\n'),
    }),
  );
const replay = (file: string) => runCommand(commandInput(['replay', '--output', 'json', file]));

describe('fixture', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'made-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const files = () =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ name }) => name)
      .sort();
  const file = (name: string) => path.join(folder, 'kaos-routes', name);
  const make = (...flags: readonly string[]) =>
    fixture(['--folder', folder, '--name', 'a', ...flags, '-'], AGENT, MODEL);

  it('writes a request and its answer for each hook, which then are as expected', () => {
    expect(make()).toEqual({
      code: 0,
      stdout: `kaos-routes/agent.n.a.customize\nkaos-routes/agent.n.a.sync\nfixtures: 2, in ${folder}\n`,
      stderr: '',
    });
    expect(files()).toEqual([
      'agent.n.a.customize.request.json',
      'agent.n.a.customize.response.json',
      'agent.n.a.sync.request.json',
      'agent.n.a.sync.response.json',
    ]);
    expect(JSON.parse(readFileSync(file('agent.n.a.sync.request.json'), 'utf8'))).toMatchObject({
      controller: { kind: 'DecoratorController', metadata: { name: 'kaos-routes' } },
      ...{ object: AGENT, attachments: { 'HTTPRoute.gateway.networking.k8s.io/v1': {} }, finalizing: false },
    });
    expect(fixture(['--check', folder])).toEqual({ code: 0, stdout: 'fixtures: 2, errors: 0\n', stderr: '' });
    expect(replay(file('agent.n.a.sync.request.json')).stdout).toBe(
      readFileSync(file('agent.n.a.sync.response.json'), 'utf8'),
    );
  });

  it('writes the settings of flags, values and access rules beside it, and replay reads them', () => {
    const values = path.join(folder, 'values.yaml');
    const rule = '{match: {namespaces: [n]}, deny: true}';
    writeFileSync(
      values,
      `kaosRoutes: {enabled: true}\ngatewayAPI: {hostnames: [a.example.com]}\naccessRules: {rules: [${rule}]}\n`,
    );
    const { code, stderr } = make('--values', values, '--gateway-name', 'mine');
    expect({ code, stderr }).toEqual({ code: 0, stderr: expect.not.stringContaining('error') });
    const settings = JSON.parse(readFileSync(file('agent.n.a.settings.json'), 'utf8'));
    expect(settings).toMatchObject({
      GATEWAY_HOSTNAMES: 'a.example.com',
      GATEWAY_NAME: 'mine',
      ACCESS_RULES_FILE: path.join(folder, 'access-rules.yaml'),
    });
    expect(fixture(['--check', folder]).code).toBe(0);
    const answer = readFileSync(file('agent.n.a.sync.response.json'), 'utf8');
    expect(replay(file('agent.n.a.sync.request.json')).stdout).toBe(answer);
    expect(make().code).toBe(0);
    expect(files()).not.toContain('agent.n.a.settings.json');
    expect(readFileSync(file('agent.n.a.sync.response.json'), 'utf8')).not.toBe(answer);
  });

  it('writes nothing outside its folder, whatever names documents have', () => {
    const inner = path.join(folder, 'one', 'two');
    const named = (metadata: object) => fixture(['--folder', inner, '-'], { ...AGENT, metadata });
    for (const metadata of [
      { name: 'x/../../../../named', namespace: 'n' },
      { name: 'a', namespace: 'x/../../../../named' },
      { name: '..', namespace: '..' },
      { name: 'a', namespace: 'n.m' },
    ]) {
      const { code, stdout, stderr } = named(metadata);
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
      expect(stderr).toMatch(
        /^error: standard input, document 1: metadata\.name(space)?: ".*" is not valid; expected at most/,
      );
    }
    expect(files()).toEqual([]);
  });

  it('checks and rewrites answers', () => {
    make();
    const answer = file('agent.n.a.sync.response.json');
    const text = readFileSync(answer, 'utf8');
    writeFileSync(answer, text.replace('8000', '9000'));
    const { code, stdout } = fixture(['--check', folder]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: expect.stringContaining('8000') });
    expect(fixture(['--update', folder])).toEqual({ code: 0, stdout: 'fixtures: 2, errors: 0\n', stderr: '' });
    expect(readFileSync(answer, 'utf8')).toBe(text);
  });

  it('prints one request', () => {
    const { code, stdout } = fixture(['--hook', 'kaos-routes/sync', '--name', 'a', '-'], AGENT, MODEL);
    expect({ code, parent: JSON.parse(stdout).object }).toEqual({ code: 0, parent: AGENT });
  });

  it.each<[string, readonly string[], string]>([
    [
      'several requests for standard output',
      ['-'],
      'error: fixture: expected one call to print, but there are 4: kaos-routes/customize for Agent n/a, ',
    ],
    [
      'no resource',
      ['--name', 'nobody', '--folder', 'x', '-'],
      'error: fixture: no selected document has a call to make\n',
    ],
    ['no document', [], "error: expected files, folders, '-' for standard input, or --cluster\n"],
    ['no folder to check', ['--check'], 'error: --check: expected one folder with fixtures\n'],
    ['a folder that does not exist', ['--check', 'nothing'], 'error: nothing: folder not found\n'],
    ['two folders', ['--update', 'a', 'b'], 'error: --update: expected one folder with fixtures\n'],
    ['two tasks', ['--check', '--update', 'a'], "error: option '--check' cannot be used with option '--update'\n"],
    ['a folder that is a file', ['--folder', '/dev/null', '-'], 'error: fixture: /dev/null: cannot be written: '],
  ])('refuses %s', (_what, args, line) => {
    const { code, stdout, stderr } = fixture(args, AGENT, MODEL);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain(line);
  });
});
