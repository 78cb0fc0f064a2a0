import { type ChildProcess, execFileSync } from 'node:child_process';
import { closeSync, constants, mkdtempSync, openSync, rmSync } from 'node:fs';
import { createServer, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import { logDestination } from '../../../webhooks/observability/log-destination.ts';
import { recordedBody } from '../../support/recordings.ts';
import { finished, startNode } from '../../support/run.ts';
import { killServices, startService } from '../../support/service-process.ts';

const BODY = JSON.stringify(recordedBody('decorator-sync-agent-research.helper-new'));
/** More lines than the buffers of a pipe hold, and what waits for it. */
const CALLS = 6000;

const started: ChildProcess[] = [];
afterEach(() => {
  killServices();
  for (const child of started.splice(0)) {
    child.kill('SIGKILL');
  }
});

/** A port of the loopback that nobody listens on. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}

const isAlive = async (adminPort: number) => (await fetch(`http://127.0.0.1:${adminPort}/healthz`)).status;

async function post(port: number): Promise<number> {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(`http://127.0.0.1:${port}/kaos-routes/sync`, { method: 'POST', headers, body: BODY });
  await response.text();
  return response.status;
}

it('a service with its log on a full disk answers, and ends on SIGTERM with 0', async () => {
  const [port, adminPort] = [await freePort(), await freePort()];
  const full = openSync('/dev/full', 'w');
  const env = { HOST: '127.0.0.1', PORT: `${port}`, ADMIN_PORT: `${adminPort}`, SHUTDOWN_DELAY_SECONDS: '0' };
  const child = startNode(['webhooks/main.ts'], { env, stdout: full });
  started.push(child);
  closeSync(full);
  const ended = finished(child);
  await vi.waitFor(async () => expect(await isAlive(adminPort)).toBe(200), { timeout: 10_000, interval: 100 });
  expect(await post(port)).toBe(200);
  child.kill('SIGTERM');
  expect((await ended).code).toBe(0);
});

it('a service whose log nobody reads answers, and ends on SIGTERM with 0', { timeout: 90_000 }, async () => {
  const { child, port, adminPort } = await startService({ SHUTDOWN_DELAY_SECONDS: '0' });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.stdout?.removeAllListeners('data').pause();
  const codes = new Set<number>();
  for (let calls = 0; calls < CALLS; calls += 20) {
    for (const code of await Promise.all(Array.from({ length: 20 }, () => post(port)))) {
      codes.add(code);
    }
  }
  expect([...codes]).toEqual([200]);
  expect(await isAlive(adminPort)).toBe(200);
  child.kill('SIGTERM');
  expect(await ended).toBe(0);
});

it('the log tells how many lines it lost, once it is read again', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'log-'));
  const fifo = path.join(folder, 'fifo');
  execFileSync('mkfifo', [fifo]);
  const reader = openSync(fifo, constants.O_RDONLY | constants.O_NONBLOCK);
  const log = logDestination(openSync(fifo, 'w'));
  const line = `${'x'.repeat(1023)}\n`;
  for (let lines = 0; lines < 2000; lines += 1) {
    log.write(line);
  }
  let text = '';
  const stream = new Socket({ fd: reader, readable: true, writable: false }).on('data', (chunk) => {
    text += chunk;
  });
  await log.flush();
  log.write('the next line\n');
  await vi.waitFor(() => expect(text.endsWith('the next line\n')).toBe(true), 10_000);
  const written = text.split(line).length - 1;
  expect(written).toBeGreaterThan(900);
  expect(written).toBeLessThan(2000);
  expect(text.slice(written * line.length)).toMatch(
    new RegExp(
      `^\\{"level":"error","time":"[-0-9T:.]+Z","lines":${2000 - written},"msg":"log lines were lost"\\}\nthe next line\n$`,
    ),
  );
  stream.destroy();
  rmSync(folder, { recursive: true });
});
