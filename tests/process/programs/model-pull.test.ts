import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { modelApi, sync } from '../../support/kaos.ts';

describe('the pull of a model', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'pull-'));
    // A stand-in for Ollama: it records what it is asked to pull, and serves until SIGTERM.
    const fake = `#!/bin/sh
case "$1" in
  serve) trap 'rm ${folder}/serving; exit 0' TERM; touch ${folder}/serving; while :; do sleep 0.05; done ;;
  list) [ -e ${folder}/serving ] ;;
  pull) for word; do printf '<%s>' "$word" >> ${folder}/pulled; done; exit "\${PULL_RESULT:-0}" ;;
  show) [ -e ${folder}/serving ] && [ "$2" = -- ] && [ "$3" = "\${IN_VOLUME-none}" ] ;;
  *) exit 9 ;;
esac
`;
    writeFileSync(path.join(folder, 'ollama'), fake);
    chmodSync(path.join(folder, 'ollama'), 0o755);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  function pull(model: string, variables: Record<string, string> = {}) {
    const parent = modelApi({ mode: 'Hosted', hostedConfig: { model }, proxyConfig: undefined });
    const { command, args, env } = sync({ parent }).pod.initContainers[0];
    rmSync(path.join(folder, 'pulled'), { force: true });
    const own = Object.fromEntries(env.map(({ name, value }: { name: string; value: string }) => [name, value]));
    const { status, stderr } = spawnSync(command[0], [...command.slice(1), ...args], {
      cwd: folder,
      timeout: 20_000,
      encoding: 'utf8',
      env: { PATH: `${folder}:${process.env['PATH']}`, ...own, ...variables },
    });
    const pulled = path.join(folder, 'pulled');
    return { status, stderr, pulled: existsSync(pulled) ? readFileSync(pulled, 'utf8') : undefined };
  }

  it.each(['smollm2:135m', "x; touch injected #'", '`touch injected`', '-h', '"', 'a b', '$HOME'])(
    'D7: passes %j to Ollama as one argument, and ends the server',
    (model) => {
      expect(pull(model)).toMatchObject({ status: 0, pulled: `<pull><--><${model}>` });
      expect(existsSync(path.join(folder, 'injected'))).toBe(false);
      expect(existsSync(path.join(folder, 'serving'))).toBe(false);
    },
  );

  it('fails if Ollama cannot pull the model', () => {
    expect(pull('m', { PULL_RESULT: '3' }).status).toBe(3);
  });

  it.each(['llama3.2:3b', "x'; exit 1 #", '-h', '$HOME'])(
    'uses the model in the volume if the pull fails, and says so: %j',
    (model) => {
      const { status, stderr, pulled } = pull(model, { PULL_RESULT: '1', IN_VOLUME: model });
      expect({ status, pulled }).toEqual({ status: 0, pulled: `<pull><--><${model}>` });
      expect(stderr).toBe('The pull failed; the model in the volume is used\n');
      expect(existsSync(path.join(folder, 'serving'))).toBe(false);
    },
  );

  it('fails if the volume has only another model', () => {
    const { status, stderr } = pull('llama3.2:3b', { PULL_RESULT: '1', IN_VOLUME: 'llama3.2:1b' });
    expect({ status, stderr }).toEqual({ status: 1, stderr: '' });
  });

  it('says nothing of the volume if the pull succeeds', () => {
    expect(pull('m', { IN_VOLUME: 'm' })).toMatchObject({ status: 0, stderr: '' });
  });

  it('fails if the server does not start', () => {
    expect(pull('m', { PATH: '/usr/bin:/bin' })).toMatchObject({ status: 1, pulled: undefined });
  });
});
