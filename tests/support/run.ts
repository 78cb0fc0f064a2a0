import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';

/** The folder of the project. */
export const ROOT = path.join(import.meta.dirname, '../..');

export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Options {
  readonly input?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** A file descriptor for its standard output, instead of a pipe. */
  readonly stdout?: number;
  /** A program, with its arguments, that starts Node. */
  readonly through?: readonly string[];
  /** The program of another Node than that of the tests. */
  readonly node?: string;
}

/** The compile cache of Node, so that each file is compiled once for all processes. */
const NODE_COMPILE_CACHE = path.join(ROOT, 'node_modules/.cache/node-compile');

/** Runs a program until it exits, with the Node of the tests unless the options name another. Of the environment it gets only PATH and `env`. */
export async function runNode(args: readonly string[], options: Options = {}): Promise<Ran> {
  return finished(startNode(args, options), options.input);
}

export function startNode(args: readonly string[], options: Options = {}): ChildProcess {
  const { env = {}, cwd = ROOT, stdout, through = [], node = process.execPath } = options;
  const [program = node, ...others] = [...through, node, ...args];
  const stdio = ['pipe', stdout ?? 'pipe', 'pipe'] as const;
  return spawn(program, others, {
    cwd,
    env: { PATH: process.env['PATH'], NODE_COMPILE_CACHE, ...env },
    stdio: [...stdio],
  });
}

export async function finished(child: ChildProcess, input = ''): Promise<Ran> {
  let stdout = '';
  let stderr = '';
  child.stdout?.on('data', (chunk) => {
    stdout += chunk;
  });
  child.stderr?.on('data', (chunk) => {
    stderr += chunk;
  });
  // A program may end before it reads its input.
  child.stdin?.on('error', () => undefined).end(input);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  return { code, stdout, stderr };
}
