import { spawn } from 'node:child_process';
import { fstatSync, mkdirSync, mkdtempSync, openSync, readSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Runs a program. Ends it and removes its folder as soon as standard input ends: when the tests stop it, and also when
 * the process of the tests is killed and cannot clean up itself.
 */
const KEEPER = `
exec 3<&0
"$@" </dev/null 3<&- & program=$!
{ cat <&3; kill $program; sleep 10 & trap "kill $!; exit" TERM; wait; kill -9 $program; } >/dev/null 2>&1 & watcher=$!
exec 3<&-
wait $program; code=$?
kill $watcher
rm -rf "$PWD"
exit $code`;

/** A program that runs in its own folder, which is removed when it ends. */
export interface Running {
  readonly folder: string;
  /** Its whole output. */
  readonly log: () => string;
  readonly hasEnded: () => boolean;
  readonly stop: () => Promise<void>;
}

/** Starts a program in a new folder that has these files. */
export function start(
  program: string,
  args: readonly string[],
  files: Readonly<Record<string, string>> = {},
  env: Readonly<Record<string, string>> = {},
): Running {
  const name = path.basename(program);
  const folder = mkdtempSync(path.join(tmpdir(), `${name}-`));
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(path.join(folder, path.dirname(file)), { recursive: true });
    writeFileSync(path.join(folder, file), text);
  }
  // A file and not a pipe: a full pipe would block the program while the tests do not read.
  const log = openSync(path.join(folder, 'log'), 'w+');
  const keeper = spawn('sh', ['-c', KEEPER, name, program, ...args], {
    cwd: folder,
    env: { ...process.env, ...env },
    // Its own process group: Ctrl-C reaches only the tests, and the keeper ends when they do.
    detached: true,
    stdio: ['pipe', log, log],
  });
  const ended = new Promise<void>((resolve) => keeper.once('close', () => resolve()));
  const running: Running = {
    folder,
    log: () => wholeText(log),
    hasEnded: () => keeper.exitCode !== null,
    stop: () => {
      keeper.stdin?.end();
      return ended;
    },
  };
  all.add(running);
  void ended.then(() => all.delete(running));
  return running;
}

/** The programs that run now. */
const all = new Set<Running>();

/**
 * Stops all programs that this process has started, also those that start meanwhile. The first one ends last: an API server
 * ends soon only while its etcd runs.
 */
export async function stopAll(): Promise<void> {
  while (all.size > 0) {
    const [first, ...others] = [...all];
    await Promise.all(others.map((running) => running.stop()));
    await first?.stop();
  }
}

/** Reads the log from its start without moving the program's write position. The file may already be deleted. */
function wholeText(log: number): string {
  const bytes = Buffer.alloc(fstatSync(log).size);
  readSync(log, bytes, 0, bytes.length, 0);
  return bytes.toString();
}

/** Waits until a program is ready. If it ends first or takes over two minutes, stops it and throws with its log. */
export async function ready(running: Running, isReady: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + 120_000;
  while (!(await isReady().catch(() => false))) {
    if (running.hasEnded() || Date.now() > end) {
      const words = running.log().split('\n').slice(-20).join('\n');
      await running.stop();
      throw new Error(`${running.folder}: not ready; the end of its log:\n${words}`);
    }
    await sleep(100);
  }
}

/** A free port of the loopback, below the ports that the system gives to outgoing connections. */
export async function freePort(): Promise<number> {
  const port = 20_000 + Math.floor(Math.random() * 12_000);
  return (await canListen(port)) ? port : freePort();
}

export function canListen(port: number): Promise<boolean> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
