import { spawnSync } from 'node:child_process';

/** What git printed, or why it failed, in its own words. */
export type GitAnswer =
  | { readonly outcome: 'answered'; readonly stdout: Buffer }
  | { readonly outcome: 'failed'; readonly why: string };

const LONGEST_ANSWER = 1024 * 1024 * 1024;

/** Runs the git on PATH in a folder. */
export function runGit(folder: string, args: readonly string[], input = ''): GitAnswer {
  const run = spawnSync('git', args, { cwd: folder, input, maxBuffer: LONGEST_ANSWER });
  if (run.error !== undefined) {
    const { code, message } = run.error as NodeJS.ErrnoException;
    return { outcome: 'failed', why: code === 'ENOENT' ? 'git was not found on PATH' : message };
  }
  return run.status === 0
    ? { outcome: 'answered', stdout: run.stdout }
    : { outcome: 'failed', why: firstLine(run.stderr) || `git ended with exit code ${run.status}` };
}

function firstLine(stderr: Buffer): string {
  return (stderr.toString().split('\n')[0] ?? '').replace(/^fatal: /, '');
}
