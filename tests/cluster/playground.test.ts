import type { ChildProcess } from 'node:child_process';
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { needing } from '../support/needing.ts';
import { finished, runNode, startNode } from '../support/run.ts';
import { AGENT_NEEDS } from './support/agent-runtime.ts';
import { descendantsOf, isAlive } from './support/descendants.ts';
import { freePort } from './support/processes.ts';

const {
  HOME = '',
  XDG_CACHE_HOME = '',
  HELM = '',
  METACONTROLLER = '',
  KRAKEND = '',
  KRAKEND_PLUGINS = '',
} = process.env;
const env = { HOME, XDG_CACHE_HOME, HELM, METACONTROLLER, KRAKEND, KRAKEND_PLUGINS };

/** Starts the playground as a user does, and types what it tells a user to type. */
needing(...AGENT_NEEDS).describe('npm run playground', { timeout: 300_000 }, () => {
  let playground: ChildProcess;
  let ended: ReturnType<typeof finished>;
  let printed = '';
  let port: number;

  beforeAll(async () => {
    port = await freePort();
    playground = startNode(['tests/playground/main.ts'], { env: { ...env, PLAYGROUND_PORT: String(port) } });
    playground.stdout?.on('data', (chunk) => {
      printed += chunk;
    });
    ended = finished(playground);
    await vi.waitFor(() => expect(printed).toContain('Ctrl-C stops everything'), 580_000);
  }, 600_000);
  afterAll(() => {
    playground?.kill('SIGKILL');
    // The output of CI shows what a user sees, with the time of each step.
    process.stdout.write(printed);
  });

  const commands = (pattern: RegExp) => printed.split('\n').filter((line) => pattern.test(line));
  const type = (command: string) =>
    execFileSync('bash', ['--norc', '-euc', command], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });

  it('lists the addresses of all resources of the example', () => {
    const url = (path: string) => `http://127.0.0.1:${port}/support/${path}`;
    for (const path of ['agent/desk', 'agent/researcher', 'mcp/orders', 'modelapi/provider']) {
      expect(printed).toMatch(
        new RegExp(`^${url(path)} +(?:Agent|MCPServer|ModelAPI) support/${path.split('/')[1]}$`, 'm'),
      );
    }
  });

  it('prints commands that work', () => {
    const answers = commands(/^ {2}curl .*agent\/desk/).map(type);
    expect(answers).toHaveLength(3);
    expect(JSON.parse(answers[0] ?? '')).toMatchObject({ name: 'desk' });
    const said = answers.slice(1).map((answer) => JSON.parse(answer).choices[0].message.content);
    expect(said).toEqual(['gpt-4o, told "Look orders up before you answer.", was asked "hello"', '7 is sent']);
  });

  it('says what it leaves out, or has commands for it', () => {
    expect(commands(/A small loop plays the part of Metacontroller/)).toHaveLength(METACONTROLLER ? 0 : 1);
    const answers = commands(/^ {2}curl .*news/).map(type);
    expect(commands(/AgentGateways are left out/)).toHaveLength(answers.length === 0 ? 1 : 0);
    expect(answers.slice(1)).toEqual(KRAKEND ? [expect.stringContaining('news heard hello')] : []);
  });

  it('does not start twice', async () => {
    const { code, stderr } = await runNode(['tests/playground/main.ts'], {
      env: { ...env, PLAYGROUND_PORT: String(port) },
    });
    expect(code).toBe(1);
    expect(stderr).toMatch(/port \d+ is in use.*\n.*maybe by another playground/);
  });

  it('leaves nothing behind when it is stopped', async () => {
    const [, kubeconfig = ''] = /export KUBECONFIG=(.*)/.exec(printed) ?? [];
    const programs = descendantsOf(playground.pid ?? 0);
    expect(existsSync(kubeconfig)).toBe(true);
    expect(programs.length).toBeGreaterThan(10);
    playground.kill('SIGINT');
    expect((await ended).code).toBe(0);
    expect(programs.filter(isAlive)).toEqual([]);
    expect(existsSync(kubeconfig)).toBe(false);
  });
});

it('the playground can be stopped while it starts', { timeout: 240_000 }, async () => {
  const starting = startNode(['tests/playground/main.ts'], {
    env: { ...env, PLAYGROUND_PORT: String(await freePort()) },
  });
  const ended = finished(starting);
  await vi.waitFor(
    () => expect(descendantsOf(starting.pid ?? 0).map(({ name }) => name)).toContain('kube-apiserver'),
    200_000,
  );
  const programs = descendantsOf(starting.pid ?? 0);
  starting.kill('SIGINT');
  expect((await ended).code).toBe(0);
  expect(programs.filter(isAlive)).toEqual([]);
});
