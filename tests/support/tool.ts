import { spawnSync } from 'node:child_process';
import { needing } from './needing.ts';

/** A program that is not an npm package: on PATH, or at the path in a variable. */
export interface Tool {
  /** For the tests that need it. */
  readonly needed: ReturnType<typeof needing>;
  readonly run: (...args: string[]) => { readonly code: number | null; readonly output: string };
}

export function tool(name: string, variable: string, cwd: string): Tool {
  const program = process.env[variable] || name;
  const run = (...args: string[]) => {
    const { status, stdout, stderr } = spawnSync(program, args, { cwd, encoding: 'utf8' });
    return { code: status, output: `${stdout}${stderr}` };
  };
  return { needed: needing({ name: variable, found: run('--version').code === 0 }), run };
}
