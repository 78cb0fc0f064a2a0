import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { runKubectl } from '../webhooks/command/kubectl.ts';

/** Puts a program of this name in front of all others. */
function kubectlOnPath(script: string): void {
  const folder = mkdtempSync(path.join(tmpdir(), 'kubectl-'));
  writeFileSync(path.join(folder, 'kubectl'), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  vi.stubEnv('PATH', `${folder}:${process.env['PATH']}`);
  onTestFinished(() => {
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true });
  });
}

it('kubectl fails with what it says, without the log of its tries', () => {
  kubectlOnPath(`for _ in 1 2; do echo 'E1130 01:27:53.170140   19722 memcache.go:265] "Unhandled Error"' >&2; done
echo 'The connection to the server localhost:8080 was refused' >&2; exit 1`);
  expect(runKubectl(['get', 'pods'])).toEqual({
    outcome: 'failed',
    why: 'The connection to the server localhost:8080 was refused',
  });
});

it('kubectl fails without a word', () => {
  kubectlOnPath('exit 3');
  expect(runKubectl([])).toEqual({ outcome: 'failed', why: 'kubectl ended with exit code 3' });
});
