import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Report } from '../../bench/report.ts';
import { type Ran, runNode } from '../../support/run.ts';

const FAST = ['--rounds', '2', '--sample-ms', '1'];
const SPREAD = { median: expect.any(Number), min: expect.any(Number), max: expect.any(Number) };

const folder = mkdtempSync(path.join(tmpdir(), 'bench-'));
afterAll(() => rmSync(folder, { recursive: true }));

const bench = (args: readonly string[], env = {}) => runNode(['tests/bench/main.ts', ...args], { env });
const fileOf = (name: string) => readFileSync(path.join(folder, name), 'utf8');

describe('npm run bench', () => {
  let ran: Ran;
  beforeAll(async () => {
    const peer = path.join(folder, 'peer');
    writeFileSync(peer, '#!/bin/sh\ncat >/dev/null\necho "$1"\necho "2000000 ns/op" >&2\n');
    chmodSync(peer, 0o755);
    const only = ['lean/1/', 'kaos-routes/unchanged/5', 'start'];
    ran = await bench([...FAST, '--only', ...only, '--output', folder], { PEER: peer });
  });

  const report = (): Report => JSON.parse(fileOf('performance.json'));
  const figure = (name: string) => report().figures.find((each) => each.name === name);

  it('measures the cases that it is asked for, and names them while it does', () => {
    expect(ran.code, ran.stderr).toBe(0);
    const names = report().figures.map(({ name }) => name);
    expect(ran.stderr.trim().split('\n')).toEqual(names);
    expect(names).toEqual([
      ...['new', 'unchanged', 'changed', 'shuffled'].map((state) => `sync/agent-gateway/lean/1/${state}`),
      ...[1, 5, 20].map((callers) => `http/agent-gateway/lean/1/unchanged/${callers}`),
      'http/kaos-routes/unchanged/5',
      'start',
      'memory/agent-gateway/lean/1/unchanged',
    ]);
  });

  it('reports each figure with its spread and its ratio to the floor', () => {
    expect(report()).toMatchObject({ format: 1, machine: { node: process.version }, rounds: 2 });
    expect(figure('sync/agent-gateway/lean/1/unchanged')).toEqual({
      group: 'sync',
      name: 'sync/agent-gateway/lean/1/unchanged',
      controller: 'agent-gateway',
      state: 'unchanged',
      agents: 1,
      bodyBytes: expect.any(Number),
      answerBytes: expect.any(Number),
      ms: SPREAD,
      floorMs: SPREAD,
      ratio: SPREAD,
      peer: { ms: { median: 2, min: 2, max: 2 }, ratio: SPREAD },
    });
    const http = {
      group: 'http',
      callers: 5,
      perSecond: SPREAD,
      floorPerSecond: SPREAD,
      p50Ms: SPREAD,
      p99Ms: SPREAD,
      refused: 0,
    };
    expect(figure('http/kaos-routes/unchanged/5')).toMatchObject({ ...http, ratio: SPREAD });
    expect(figure('start')).toMatchObject({ group: 'start', ms: SPREAD, floorMs: SPREAD, ratio: SPREAD });
    const memory = { group: 'memory', peakMb: SPREAD, steadyMb: SPREAD, floorPeakMb: SPREAD, ratio: SPREAD };
    expect(figure('memory/agent-gateway/lean/1/unchanged')).toMatchObject(memory);
  });

  it('prints tables, and writes a page and a picture', async () => {
    const { stdout, code } = await bench(['--from', path.join(folder, 'performance.json'), '--output', folder]);
    expect(code).toBe(0);
    expect(stdout).toBe(ran.stdout);
    expect(stdout).toMatch(/^\| sync\/agent-gateway\/lean\/1\/new +\|/m);
    expect(fileOf('performance.md')).toContain('## Calls over HTTP');
    expect(fileOf('performance.svg')).toMatch(/^<svg /);
  });

  it('compares ratios with an earlier report', async () => {
    const earlier = path.join(folder, 'earlier.json');
    const figures = report()
      .figures.slice(1)
      .map((each) => ({ ...each, ratio: { median: 1e6, min: 1e6, max: 1e6 } }));
    writeFileSync(earlier, JSON.stringify({ ...report(), figures }));
    const { stdout, code } = await bench(['--from', path.join(folder, 'performance.json'), '--against', earlier]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^\| start +\| 1000000 \(1000000 to 1000000\) \|.*\| -100 % \| +are apart \|$/m);
    expect(stdout).toMatch(/^only in this report: sync\/agent-gateway\/lean\/1\/new$/m);
  });

  it('fails for a peer that does not answer', async () => {
    const { code, stderr } = await bench([...FAST, '--only', 'sync/kaos-routes/new'], { PEER: '/bin/false' });
    expect([code, stderr]).toEqual([1, expect.stringContaining('PEER /bin/false: expected an answer and exit code 0')]);
  });

  it('fails for a name that no case has', async () => {
    const { code, stderr } = await bench(['--only', 'nothing']);
    expect([code, stderr]).toEqual([1, "--only: 'nothing' is not part of the name of a case\n"]);
  });
});
