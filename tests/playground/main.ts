import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { stopAll } from '../cluster/support/processes.ts';
import { missing } from './needs.ts';
import { play } from './playground.ts';

const print = (text: string) => process.stdout.write(text);
const stopping = new AbortController();
let preparing: ChildProcess | undefined;
let stopped: Promise<never> | undefined;

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    stopped ??= stop();
  });
}
process.exitCode = await run();

async function run(): Promise<number> {
  const lines = await missing();
  if (lines.length > 0) {
    process.stderr.write(`npm run playground cannot start:\n${lines.map((line) => `- ${line}\n`).join('')}`);
    return 1;
  }
  try {
    await prepare();
    // While it stops, its parts miss each other.
    await play((text) => stopping.signal.aborted || print(text), stopping.signal);
  } catch (error) {
    // What stops makes other parts fail.
    await stopped;
    process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
    await stopAll();
    process.exit(1);
  }
  return stopped ?? 0;
}

/** Builds what is missing, in its own process group: a signal reaches the compiler only from here. */
async function prepare(): Promise<void> {
  print('Programs, which are built and installed the first time ...\n');
  const file = path.join(import.meta.dirname, 'prepare.ts');
  preparing = spawn(process.execPath, [file], { detached: true, stdio: ['ignore', 'inherit', 'inherit'] });
  const [code] = await once(preparing, 'close');
  preparing = undefined;
  await stopped;
  if (code !== 0) {
    throw new Error('a program could not be built or installed');
  }
}

/** Ends everything, also in the middle of the start. */
async function stop(): Promise<never> {
  print('\nStopping ...\n');
  stopping.abort();
  if (preparing?.pid !== undefined) {
    process.kill(-preparing.pid, 'SIGINT');
    await once(preparing, 'close');
  }
  await stopAll();
  print('Nothing is left running.\n');
  process.exit(0);
}
