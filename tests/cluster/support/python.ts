import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { finished } from '../../support/run.ts';
import { cacheFolder } from './cache.ts';
import { type Running, start } from './processes.ts';

const PROGRAMS = path.join(import.meta.dirname, '../python');

/** A Python program, and the file in `python/` that lists its packages. */
export interface PythonSetup {
  readonly python: string;
  readonly requirements: string;
}

const SETUP: PythonSetup = { python: 'python3', requirements: 'requirements.txt' };

/** The folder with the required Python packages. Installs them first if they are not in the cache. */
export function pythonPackages(say: (line: string) => void = () => undefined, setup: PythonSetup = SETUP): string {
  const file = path.join(PROGRAMS, setup.requirements);
  const version = run(setup.python, ['-c', 'import sys; print("%d.%d" % sys.version_info[:2])']).trim();
  const required = createHash('sha256').update(readFileSync(file)).digest('hex').slice(0, 12);
  const folder = cacheFolder(`python-${version}-${required}`);
  if (existsSync(folder)) {
    say(`Python packages of ${setup.requirements}: ${folder}`);
  } else {
    say(`Python packages of ${setup.requirements}: installing ...`);
    install(folder, setup.python, file);
    say(`Python packages of ${setup.requirements}: ${folder}, installed`);
  }
  return folder;
}

/** Installs in a temporary place and then moves the packages, so that an interrupted installation leaves none. */
function install(folder: string, python: string, requirements: string): void {
  mkdirSync(path.dirname(folder), { recursive: true });
  const unfinished = mkdtempSync(`${folder}-`);
  try {
    // Python compiles the few modules that are used when they are used first.
    const quick = ['--quiet', '--no-compile', '--disable-pip-version-check'];
    // The file names every package. If pip looked for dependencies itself, it would ask for their newest releases.
    const pinned = ['--no-deps', '--require-hashes', '--only-binary=:all:', `--requirement=${requirements}`];
    run(python, ['-m', 'pip', 'install', ...quick, ...pinned, `--target=${unfinished}`]);
    renameSync(unfinished, folder);
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
}

function run(python: string, args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(python, args, { encoding: 'utf8' });
  if (status !== 0) {
    throw new Error(`${python} ${args.slice(0, 3).join(' ')}: ended with ${status}: ${stderr}`);
  }
  return stdout;
}
/** Starts a program in `python/` or one of a package. */
export function startPython(
  program: string,
  args: readonly string[],
  files: Readonly<Record<string, string>> = {},
  env: Readonly<Record<string, string>> = {},
): Running {
  return start('python3', [pythonFile(program), ...args], files, { PYTHONPATH: pythonPackages(), ...env });
}

/** Runs such a program to its end, and returns its output. */
export async function runPython(program: string, ...args: readonly string[]): Promise<string> {
  const env = { ...process.env, PYTHONPATH: pythonPackages() };
  const { code, stdout, stderr } = await finished(spawn('python3', [pythonFile(program), ...args], { env }));
  if (code !== 0) {
    throw new Error(`${program} ${args.join(' ')}: ended with ${code}: ${stderr}`);
  }
  return stdout;
}

/** The file of a program in `python/` or of one of a package. */
export function pythonFile(name: string): string {
  const own = path.join(PROGRAMS, name);
  return existsSync(own) ? own : path.join(pythonPackages(), 'bin', name);
}
