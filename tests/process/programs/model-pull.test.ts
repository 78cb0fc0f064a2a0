import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expanded } from '../../support/expanded.ts';
import { injection } from '../../support/injections.ts';
import { modelApi, sync } from '../../support/kaos.ts';
import { finished } from '../../support/run.ts';

/** The pulls of one test wait at the same time. */
const HOSTILE_MODELS = 24;

describe('the pull of a model', () => {
  let bin: string;
  beforeAll(() => {
    bin = mkdtempSync(path.join(tmpdir(), 'ollama-'));
    // A stand-in for Ollama: it records what it is asked to pull, and serves until SIGTERM.
    const fake = `#!/bin/sh
case "$1" in
  serve) trap 'rm serving; exit 0' TERM; touch serving; while :; do sleep 0.05; done ;;
  list) [ -e serving ] ;;
  pull) for word; do printf '<%s>' "$word" >> pulled; done; exit "\${PULL_RESULT:-0}" ;;
  show) [ -e serving ] && [ "$2" = -- ] && [ "$3" = "\${IN_VOLUME-none}" ] ;;
  *) exit 9 ;;
esac
`;
    writeFileSync(path.join(bin, 'ollama'), fake);
    chmodSync(path.join(bin, 'ollama'), 0o755);
  });
  afterAll(() => rmSync(bin, { recursive: true }));

  /** What the script of the init container does in a folder of its own, with the variables that the kubelet sets. */
  async function pull(model: string, variables: Record<string, string> = {}) {
    const parent = modelApi({ mode: 'Hosted', hostedConfig: { model }, proxyConfig: undefined });
    const { command, args, env } = sync({ parent }).pod.initContainers[0];
    const set = env.map(({ name, value }: { name: string; value: string }) => [name, expanded(value, { A: 'leaked' })]);
    const cwd = mkdtempSync(path.join(tmpdir(), 'pull-'));
    try {
      const own = { PATH: `${bin}:${process.env['PATH']}`, ...Object.fromEntries(set), ...variables };
      const { code, stderr } = await finished(spawn(command[0], [...command.slice(1), ...args], { cwd, env: own }));
      const pulled = path.join(cwd, 'pulled');
      return {
        code,
        stderr,
        pulled: existsSync(pulled) ? readFileSync(pulled, 'utf8') : undefined,
        left: ['injected', 'serving'].filter((name) => existsSync(path.join(cwd, name))),
      };
    } finally {
      rmSync(cwd, { recursive: true });
    }
  }

  it('D7: passes any text to Ollama as one argument, and ends the server', async () => {
    // No program can be given a NUL.
    const hostile = fc.sample(
      injection.filter((text) => !text.includes('\0')),
      { numRuns: HOSTILE_MODELS, seed: Date.now() },
    );
    const models = ['smollm2:135m', "x; touch injected #'", '`touch injected`', '-h', '"', 'a b', '$HOME', ...hostile];
    const pulls = await Promise.all(models.map((model) => pull(model)));
    expect(pulls).toEqual(models.map((model) => ({ code: 0, stderr: '', pulled: `<pull><--><${model}>`, left: [] })));
  });

  it('fails if Ollama cannot pull the model', async () => {
    expect((await pull('m', { PULL_RESULT: '3' })).code).toBe(3);
  });

  it.each(['llama3.2:3b', "x'; exit 1 #", '-h', '$HOME'])(
    'uses the model in the volume if the pull fails, and says so: %j',
    async (model) => {
      const stderr = 'The pull failed; the model in the volume is used\n';
      expect(await pull(model, { PULL_RESULT: '1', IN_VOLUME: model })).toEqual({
        code: 0,
        stderr,
        pulled: `<pull><--><${model}>`,
        left: [],
      });
    },
  );

  it('fails if the volume has only another model', async () => {
    const { code, stderr } = await pull('llama3.2:3b', { PULL_RESULT: '1', IN_VOLUME: 'llama3.2:1b' });
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
  });

  it('fails if the server does not start', async () => {
    expect(await pull('m', { PATH: '/usr/bin:/bin' })).toMatchObject({ code: 1, pulled: undefined, left: [] });
  });
});
