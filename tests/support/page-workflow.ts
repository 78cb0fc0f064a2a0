import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Step } from './workflow.ts';

/** A step as GitHub shows it. */
interface ShownStep {
  readonly step: string;
  readonly code: number | null;
  readonly log: string;
}

/** A job after all of its steps. */
export interface ShownJob {
  readonly steps: readonly ShownStep[];
  /** The summary of the job, in Markdown. */
  readonly summary: string;
}

interface Job {
  readonly steps: readonly (Step & { readonly if?: string })[];
}

interface Runner {
  /** The checkout. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** An empty folder for the files of the job. */
  readonly temp: string;
}

/**
 * Runs the scripts of a job by bash, as GitHub's runner does without `shell`. After a failure only steps with a condition run, and each
 * condition is taken to be true. Actions are left out.
 */
export function runJob({ steps }: Job, { cwd, env, temp }: Runner): ShownJob {
  mkdirSync(temp);
  const summary = path.join(temp, 'summary.md');
  writeFileSync(summary, '');
  const shown: ShownStep[] = [];
  for (const { name, run, env: own = {}, if: condition } of steps) {
    const hasFailed = shown.some(({ code }) => code !== 0);
    if (run === undefined || (hasFailed && condition === undefined)) {
      continue;
    }
    const all = { ...env, ...own, GITHUB_STEP_SUMMARY: summary, RUNNER_TEMP: temp };
    const { status, stdout, stderr } = spawnSync('bash', ['-e', '-c', run], { cwd, env: all, encoding: 'utf8' });
    shown.push({ step: name ?? run, code: status, log: `${stdout}${stderr}` });
  }
  return { steps: shown, summary: readFileSync(summary, 'utf8') };
}
