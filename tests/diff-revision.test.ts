import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCommand } from '../webhooks/command/command.ts';
import { commandInput } from './support/command-input.ts';

const agent = (name: string, timeout = '60s') => `apiVersion: kaos.tools/v1alpha1
kind: Agent
metadata: {name: ${name}, namespace: team}
spec: {modelAPI: llm, model: x, gatewayRoute: {timeout: ${timeout}}}
`;

describe('the verb diff against a revision', () => {
  let folder: string;
  const git = (...args: readonly string[]) =>
    execFileSync('git', ['-c', 'user.name=test', '-c', 'user.email=test@example.com', ...args], {
      cwd: folder,
      stdio: 'pipe',
    }).toString();
  const write = (file: string, text: string) => {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    writeFileSync(path.join(folder, file), text);
  };
  const diff = (revision: string, paths: readonly string[], ...flags: readonly string[]) =>
    runCommand(
      commandInput(['diff', ...flags, '--against-revision', revision, ...paths.map((each) => path.join(folder, each))]),
    );
  const summary = (revision: string, ...paths: readonly string[]) =>
    diff(revision, paths, '--no-objects').stdout.split('\n\n')[0];

  beforeAll(() => {
    folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'diff-revision-')));
    git('init', '--quiet', '--initial-branch', 'main');
    write('manifests/a.yaml', agent('a'));
    write('manifests/sub/b ü.yaml', agent('b'));
    write('manifests/-rf/c.json', JSON.stringify({ kind: 'List', items: [] }));
    write('manifests/.tools/d.yaml', agent('d'));
    write('manifests/node_modules/e.yaml', agent('e'));
    write('manifests/skipped/f.yaml', agent('f'));
    write('manifests/notes.txt', 'not a manifest');
    write('team.yaml', agent('team'));
    write('old/g.yaml', agent('g'));
    symlinkSync('../team.yaml', path.join(folder, 'manifests/link.yaml'));
    git('add', '--all');
    git('commit', '--quiet', '--message', 'one');
    git('tag', 'one');
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('reads the files of a folder as they are read now: the same files give no difference', () => {
    expect(diff('HEAD', ['manifests', 'team.yaml', 'old'], '--ignore', 'skipped')).toEqual({
      code: 0,
      stdout: 'no difference; resources: 4, addresses: 4, objects: 4\n',
      stderr: '',
    });
    expect(summary('main', '.')).toBe('no difference; resources: 5, addresses: 5, objects: 5\n');
  });

  it('compares with what is not committed yet', () => {
    write('manifests/a.yaml', agent('a', '90s'));
    write('manifests/new.yaml', agent('new'));
    expect(summary('one', 'manifests')).toBe('addresses: 1 new, 1 changed\nobjects: 1 new, 1 changed');
    git('add', '--all');
    git('commit', '--quiet', '--message', 'two');
    expect(summary('HEAD^', 'manifests')).toBe('addresses: 1 new, 1 changed\nobjects: 1 new, 1 changed');
    expect(summary('HEAD', 'manifests')).toMatch(/^no difference/);
  });

  it('does not pass over a change of the settings that both states have', () => {
    const place = (name: string) => path.join(folder, name);
    write('values.yaml', 'gatewayAPI: {enabled: true}\nkaosRoutes: {enabled: true}\naccessRules: {default: deny}\n');
    write('rules.yaml', 'default: deny\n');
    git('add', '--all');
    git('commit', '--quiet', '--message', 'settings');
    const withValues = ['--values', place('values.yaml')];
    const withRules = ['--access-rules-file', place('rules.yaml')];
    expect(diff('HEAD', ['manifests'], ...withValues)).toMatchObject({ code: 0, stderr: '' });
    expect(diff('HEAD', ['manifests'], ...withRules)).toMatchObject({ code: 0, stderr: '' });
    write('old.yaml', 'gatewayAPI: {enabled: true}\nkaosRoutes: {enabled: true}\naccessRules: {default: deny}\n');
    write('values.yaml', 'gatewayAPI: {enabled: true}\nkaosRoutes: {enabled: true}\n');
    write('rules.yaml', 'default: allow\n');
    const since = 'differs from the file in HEAD, and both states have it as it is now';
    expect(diff('HEAD', ['manifests'], ...withValues)).toEqual({
      code: 2,
      stdout: '',
      stderr: `error: --values ${place('values.yaml')}: ${since}; give the file of HEAD as --against-values\n`,
    });
    expect(diff('HEAD', ['manifests'], ...withRules)).toEqual({
      code: 2,
      stdout: '',
      stderr: `error: ACCESS_RULES_FILE: ${place('rules.yaml')} ${since}; put the rules into accessRules of --values, and those of HEAD into --against-values\n`,
    });
    expect(diff('HEAD', ['manifests'], ...withValues, '--against-values', place('old.yaml')).code).toBe(1);
  });

  it('says that a path is new, or was removed', () => {
    write('fresh/h.yaml', agent('h'));
    const { code, stdout } = diff('HEAD', ['fresh'], '--no-objects');
    expect(code).toBe(1);
    expect(stdout).toContain('addresses: 1 new\n');
    expect(stdout).toContain('fresh: is not in HEAD, so all of it is new');
    rmSync(path.join(folder, 'old'), { recursive: true });
    expect(diff('HEAD', ['old'], '--no-objects')).toMatchObject({
      code: 1,
      stdout: expect.stringMatching(/^addresses: 1 gone\n/),
    });
  });

  it('names wrong documents of the revision by revision and path', () => {
    const { stdout } = diff('HEAD', ['manifests/notes.txt'], '--no-objects');
    expect(stdout).toMatch(/^no difference/);
    write('manifests/bad.yaml', 'kind: [1');
    git('add', '--all');
    git('commit', '--quiet', '--message', 'bad');
    rmSync(path.join(folder, 'manifests/bad.yaml'));
    const name = `HEAD:${path.relative('', path.join(folder, 'manifests/bad.yaml'))}`;
    expect(diff('HEAD', ['manifests'], '--no-objects').stdout).toContain(`- gone error: ${name}:1:9: not valid`);
  });

  it('reads a link that leads nowhere as an error of the older state', () => {
    symlinkSync('/etc/hostname', path.join(folder, 'manifests/out.yaml'));
    git('add', '--all');
    git('commit', '--quiet', '--message', 'link');
    rmSync(path.join(folder, 'manifests/out.yaml'));
    const { code, stdout } = diff('HEAD', ['manifests'], '--no-objects');
    expect(code).toBe(1);
    expect(stdout).toMatch(
      /- gone error: HEAD:.*out\.yaml: cannot be read, because it is a link to a file that is not in/,
    );
  });

  describe('is refused with 2 for', () => {
    it.each<[string, string, readonly string[], RegExp]>([
      ['an unknown revision', 'mian', ['manifests'], /"mian" is not a revision of the repository .*git fetch gets/],
      ['a flag as revision', '--help', ['manifests'], /"--help" is not a revision/],
      ['a file as revision', 'HEAD:manifests', ['manifests'], /"HEAD:manifests" is not a revision/],
      ['a path that neither has', 'HEAD', ['manifsts'], /manifsts: does not exist/],
    ])('%s', (_what, revision, paths, expected) => {
      const { code, stderr } = diff(`${revision}`, paths, '--no-objects');
      expect(code).toBe(2);
      expect(stderr).toMatch(expected);
    });

    it('standard input', () => {
      const { code, stderr } = runCommand(commandInput(['diff', '--against-revision', 'HEAD', '-']));
      expect({ code, stderr }).toEqual({
        code: 2,
        stderr: 'error: --against-revision: standard input has no revisions; expected files or folders\n',
      });
    });

    it('a folder without a repository', () => {
      const elsewhere = mkdtempSync(path.join(tmpdir(), 'diff-elsewhere-'));
      const { code, stderr } = runCommand(commandInput(['diff', '--against-revision', 'HEAD', elsewhere]));
      rmSync(elsewhere, { recursive: true });
      expect(code).toBe(2);
      expect(stderr).toMatch(/^error: --against-revision: .*not a git repository.*; expected a folder of a git repo/);
    });
  });
});
