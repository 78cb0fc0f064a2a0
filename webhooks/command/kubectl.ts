import { spawnSync } from 'node:child_process';
import type { KubectlAnswer } from '../verb.ts';

/** The objects of a large cluster are some hundred MB of JSON. */
const LONGEST_ANSWER = 1024 * 1024 * 1024;

/** Runs the kubectl on PATH. Its plugins for logins may ask the user something on the terminal. */
export function runKubectl(args: readonly string[]): KubectlAnswer {
  const run = spawnSync('kubectl', args, {
    encoding: 'utf8',
    maxBuffer: LONGEST_ANSWER,
    stdio: ['inherit', 'pipe', 'pipe'],
  });
  if (run.error !== undefined) {
    return { outcome: 'failed', why: whyNotRun(run.error) };
  }
  return run.status === 0
    ? { outcome: 'answered', stdout: run.stdout }
    : { outcome: 'failed', why: withoutLog(run.stderr) || `kubectl ended with exit code ${run.status}` };
}

/** kubectl logs each of its tries, such as `E1130 01:27:53.170140 19722 memcache.go:265] ...`, before it says what is wrong. */
function withoutLog(stderr: string): string {
  const text = stderr.trim();
  return text.replaceAll(/^[EIW]\d{4} .*\n/gm, '');
}

function whyNotRun(error: NodeJS.ErrnoException): string {
  return error.code === 'ENOENT'
    ? 'kubectl was not found on PATH; install it: https://kubernetes.io/docs/tasks/tools/'
    : `kubectl could not be run: ${error.message}`;
}
