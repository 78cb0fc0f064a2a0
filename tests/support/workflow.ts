import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** A step of a GitHub workflow, as far as it runs a script. */
export interface Step {
  readonly id?: string;
  readonly name?: string;
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
}

interface StepRun {
  readonly step: string;
  readonly code: number | null;
  readonly stderr: string;
}

interface Where {
  /** The checkout. */
  readonly project: string;
  /** A folder for programs and files of the run. */
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
}

const EXPRESSION = /\$\{\{ (\S+) \}\}/g;
const OUTPUT = /^(\w+)(?:=(.*)|<<(\w+)\n([\s\S]*?)\n\3)$/gm;

/** Runs the scripts of the steps in their order, as GitHub does, until one fails. Actions are left out. */
export function runSteps(steps: readonly Step[], { project, folder, env }: Where): readonly StepRun[] {
  const values: Record<string, string> = { 'secrets.GITHUB_TOKEN': 'token' };
  const ran: StepRun[] = [];
  for (const { id, name = '', run = '', env: own = {} } of steps.filter((step) => step.run !== undefined)) {
    const output = path.join(folder, 'output');
    writeFileSync(output, '');
    const resolved = Object.entries(own).map(([key, value]) => [
      key,
      value.replaceAll(EXPRESSION, (_, expression) => values[expression] ?? `no value for ${expression}`),
    ]);
    const all = { ...env, ...Object.fromEntries(resolved), GITHUB_OUTPUT: output };
    const script = ['-eo', 'pipefail', '-c', run];
    const { status, stderr } = spawnSync('bash', script, { cwd: project, env: all, encoding: 'utf8' });
    ran.push({ step: name || run, code: status, stderr });
    if (status !== 0) {
      break;
    }
    for (const [, key, line, , lines] of readFileSync(output, 'utf8').matchAll(OUTPUT)) {
      values[`steps.${id}.outputs.${key}`] = line ?? lines ?? '';
    }
  }
  return ran;
}

/** Writes programs of these shell scripts to a folder, and returns the folder. */
export function programs(folder: string, scripts: Readonly<Record<string, string>>): string {
  const bin = mkdtempSync(path.join(folder, 'bin-'));
  mkdirSync(bin, { recursive: true });
  for (const [name, script] of Object.entries(scripts)) {
    writeFileSync(path.join(bin, name), `#!/bin/bash\n${script}\n`, { mode: 0o755 });
  }
  return bin;
}
