import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { runCommand } from '../webhooks/command/command.ts';
import { findFixtures } from '../webhooks/fixtures/fixture-files.ts';
import type { CommandInput } from '../webhooks/verb.ts';
import { commandInput, terminalOf } from './support/command-input.ts';
import { recordedBody } from './support/recordings.ts';
import { ROOT } from './support/run.ts';

const RECORDINGS = path.join(ROOT, 'tests/recordings');
const FIXTURES = path.join(ROOT, 'tests/fixtures');

const replay = (args: readonly string[], given: Partial<CommandInput> = {}) =>
  runCommand(commandInput(['replay', ...args], given));
/** Replays this text, or this body. */
const replayed = (input: unknown, ...flags: readonly string[]) =>
  replay([...flags, '-'], { readInput: () => (typeof input === 'string' ? input : JSON.stringify(input)) });

/** A line of Metacontroller's log, as its JSON encoder and its console encoder write it. */
const LINES: readonly [string, (body: unknown, msg?: string) => string][] = [
  [
    'JSON',
    (body, msg = 'Webhook request') =>
      JSON.stringify({
        ...{ level: 'debug-6', ts: '2026-11-22T05:27:01Z', msg, version: 'v2', type: 'sync' },
        ...{ url: 'http://hooks.system:8080/kaos-routes/sync?build=x', body },
      }),
  ],
  [
    'words',
    (body, msg = 'Webhook request') =>
      `2026-11-22T05:27:01Z\tDEBUG-6\t${msg}\t${JSON.stringify({ url: 'http://hooks.system:8080/kaos-routes/sync', body })}`,
  ],
];

const NEW = recordedBody('decorator-sync-agent-research.helper-new');

describe('replay reads', () => {
  it.each(readdirSync(RECORDINGS))('the recording %s', (name) => {
    const { code, stdout, stderr } = replay([path.join(RECORDINGS, name)]);
    expect(stderr).not.toContain('error:');
    expect({ code, isEmpty: stdout === '' }).toEqual({ code: 0, isEmpty: false });
  });

  it.each(LINES)('a log of Metacontroller in %s, with its time and the called hook', (_form, line) => {
    const renamed = { ...NEW, controller: { metadata: { name: 'another' } } };
    const log = ['{"msg":"Starting"}', line(renamed), line({}, 'Webhook response'), ''].join('\n');
    expect(replayed(log).stdout).toMatch(/^kaos-routes\/sync for Agent research\/helper at 2026-11-22T05:27:01Z\n/);
    expect(replayed(log, '--now', '2026-12-01T00:00:00Z').stdout).toMatch(/at 2026-12-01T00:00:00Z\n/);
  });

  it('all calls of a log, or those for the selected resources', () => {
    const [, line] = LINES[0] ?? [];
    const other = recordedBody('decorator-sync-modelapi-research.llm-new');
    const log = [NEW, other].map((body) => line?.(body)).join('\n');
    const titles = (...flags: readonly string[]) => replayed(log, ...flags).stdout.match(/^kaos-routes.* for .*? at/gm);
    expect(titles()).toEqual([
      'kaos-routes/sync for Agent research/helper at',
      'kaos-routes/sync for ModelAPI research/llm at',
    ]);
    expect(titles('--kind', 'ModelAPI')).toEqual(['kaos-routes/sync for ModelAPI research/llm at']);
    expect(replayed(log, '--name', 'nobody')).toEqual({
      ...{ code: 1, stdout: '' },
      stderr: 'error: standard input: none of its 2 calls is for a selected resource\n',
    });
  });

  it('all fixtures with their settings, and answers as they say', () => {
    const wrong = findFixtures(FIXTURES).fixtures.filter(({ requestFile, responseFile }) => {
      const { code, stdout } = replay(['--output', 'json', requestFile]);
      return code !== 0 || stdout !== readFileSync(responseFile, 'utf8');
    });
    expect(wrong.map(({ name }) => name)).toEqual([]);
  });

  it.each([
    ['', 'has no call of a hook; expected the body of a call, or the log of Metacontroller'],
    ['null', 'has no call of a hook'],
    ['[]', 'has no call of a hook'],
    ['{}', 'has no call of a hook'],
    ['{"body":3}', 'has no call of a hook'],
    ['kind: Agent', 'has no call of a hook'],
    ['{"msg":"Webhook response","body":{}}', 'is an answer; expected'],
    [
      'x\n{"msg":"Webhook request","body":{"contr',
      'line 2: the call cannot be read; expected JSON with a body to the end',
    ],
  ])('no call in %s', (text, why) => {
    const { code, stdout, stderr } = replayed(text);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain(`error: standard input`);
    expect(stderr).toContain(why);
  });

  it('a call whose time is none, at the time of offline calls', () => {
    const line = JSON.stringify({ ts: 1e300, msg: 'Webhook request', body: NEW });
    expect(replayed(line)).toMatchObject({ code: 0, stderr: '' });
  });

  it('no file that does not exist', () => {
    expect(replay(['nothing.json'])).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^error: nothing.json: does not exist/),
    });
  });
});

describe('replay calls', () => {
  it('the hook that the name, or else the kind of the parent, says', () => {
    const composite = recordedBody('composite-sync-agent-research.helper-new');
    expect(replayed(composite).stdout).toMatch(/^kaos-runtime-agent\/sync for Agent research\/helper /);
    const customize = recordedBody('decorator-customize-agentgateway-team-a.gw');
    expect(replayed(customize).stdout).toMatch(
      /^agent-gateway\/customize for AgentGateway team-a\/gw at .*\n {2}asks for agents/,
    );
  });

  it('the hook of --hook, and names the hooks if it knows none', () => {
    const unknown = { ...NEW, controller: { metadata: { name: 'x' } } };
    expect(replayed(unknown, '--hook', 'kaos-routes/sync').code).toBe(0);
    const { code, stderr } = replayed(unknown);
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /^error: standard input: no hook takes a call of "x" for "Agent"; expected --hook with one of kaos-routes\/sync, /,
    );
    expect(replayed(NEW, '--hook', 'kaos-routes').stderr).toContain('Allowed choices are kaos-routes/sync');
  });

  it('with the settings of flags, and refuses bad ones', () => {
    expect(replayed(NEW, '--gateway-hostnames', 'a.example.com').stdout).toContain('+    - a.example.com');
    expect(replayed(NEW, '--gateway-hostnames', 'A B')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('--gateway-hostnames: "A B" is not valid'),
    });
  });

  it('and reports a call that the hook refuses, and answers the others', () => {
    const [, line] = LINES[0] ?? [];
    const log = [{ ...NEW, finalizing: 1 }, NEW].map((body) => line?.(body)).join('\n');
    const { code, stdout, stderr } = replayed(log);
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: 'error: standard input, line 1: finalizing: expected boolean\n',
    });
    expect(stdout).toContain('creates HTTPRoute research/agent-helper');
  });

  it('with colours on a terminal alone', () => {
    const given = { readInput: () => JSON.stringify(NEW) };
    expect(replay(['-'], given).stdout).not.toContain('\u001b');
    expect(replay(['-'], { ...given, terminal: terminalOf(60) }).stdout).toContain(
      '\u001b[32m+kind: HTTPRoute\u001b[0m',
    );
  });
});
