import { spawnSync } from 'node:child_process';

/** A program that is no npm package: on PATH, or where a variable names it. Tests that need it say where they were skipped. */
export interface Tool {
  readonly found: boolean;
  readonly run: (...args: string[]) => { readonly code: number | null; readonly output: string };
}

export function tool(name: string, variable: string, cwd: string): Tool {
  const program = process.env[variable] || name;
  const run = (...args: string[]) => {
    const { status, stdout, stderr } = spawnSync(program, args, { cwd, encoding: 'utf8' });
    return { code: status, output: `${stdout}${stderr}` };
  };
  return { found: run('--version').code === 0, run };
}
