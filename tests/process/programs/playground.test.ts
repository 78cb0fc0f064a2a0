import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runNode } from '../../support/run.ts';

/** The playground is started as a whole in `tests/cluster/playground.test.ts`. Here something is missing each time. */
describe('npm run playground', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'playground-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  function standIn(name: string, code: number): void {
    writeFileSync(path.join(folder, name), `#!/bin/sh\nexit ${code}\n`);
    chmodSync(path.join(folder, name), 0o755);
  }

  /** Runs it with only the programs of the folder, and with an empty cache. */
  const run = (env: Readonly<Record<string, string>> = {}) =>
    runNode(['tests/playground/main.ts'], { env: { PATH: folder, XDG_CACHE_HOME: folder, ...env } });

  it('says what is missing and what to do, and exits with 1', async () => {
    const { code, stdout, stderr } = await run();
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(
      /^npm run playground cannot start:\n- python3 is not on PATH, .*; install Python 3.11 or later/,
    );
    expect(stderr).toMatch(/^- go is not on PATH; install it from .* to build once: etcd, kube-apiserver, /m);
  });

  it('says that Python is too old', async () => {
    standIn('python3', 1);
    standIn('go', 0);
    const { stderr } = await run();
    expect(stderr).toContain(
      '- python3 is not on PATH, is older than 3.11, or has no pip; install Python 3.11 or later',
    );
    expect(stderr).not.toContain('go is not');
  });

  it('needs free ports', async () => {
    standIn('python3', 0);
    standIn('go', 0);
    const taken = createServer();
    const port = await new Promise((resolve) =>
      taken.listen(0, '127.0.0.1', () => resolve((taken.address() as { port: number }).port)),
    );
    const { code, stderr } = await run({ PLAYGROUND_PORT: String(port) });
    taken.close();
    expect(code).toBe(1);
    expect(stderr).toContain(`- port ${port} is in use; choose another one: PLAYGROUND_PORT=`);
    expect((await run({ PLAYGROUND_PORT: 'http' })).stderr).toContain('PLAYGROUND_PORT is not a valid port');
  });
});
