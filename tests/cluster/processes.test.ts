import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it, vi } from 'vitest';
import { startNode } from '../support/run.ts';
import { ready, start } from './support/processes.ts';

const WRITES_ITS_PID = ['-c', 'echo $$ >pid; exec sleep 600'];

it('a program that is stopped ends, and its folder is removed', async () => {
  const running = start('sh', WRITES_ITS_PID);
  await ready(running, async () => pidOf(running.folder) > 0);
  const pid = pidOf(running.folder);
  expect(isAlive(pid)).toBe(true);
  await running.stop();
  expect({ alive: isAlive(pid), folder: existsSync(running.folder) }).toEqual({ alive: false, folder: false });
});

it('a program whose starting process is killed ends, and its folder is removed', async () => {
  const script = `import { start } from './tests/cluster/support/processes.ts';
    process.stdout.write(start('sh', ${JSON.stringify(WRITES_ITS_PID)}).folder);
    setInterval(() => 1, 1000);`;
  const tests = startNode(['--input-type=module', '--eval', script]);
  const folder = await new Promise<string>((resolve) => tests.stdout?.once('data', (text) => resolve(String(text))));
  await vi.waitFor(() => expect(pidOf(folder)).toBeGreaterThan(0), 10_000);
  const pid = pidOf(folder);
  expect(isAlive(pid)).toBe(true);
  tests.kill('SIGKILL');
  await vi.waitFor(
    () => expect({ alive: isAlive(pid), folder: existsSync(folder) }).toEqual({ alive: false, folder: false }),
    10_000,
  );
});

it('a program that ends before it is ready is reported with the end of its log', async () => {
  const running = start('sh', ['-c', 'echo no such flag >&2; exit 1']);
  await expect(ready(running, async () => false)).rejects.toThrow('no such flag');
  expect(existsSync(running.folder)).toBe(false);
});

function pidOf(folder: string): number {
  const file = path.join(folder, 'pid');
  return existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
