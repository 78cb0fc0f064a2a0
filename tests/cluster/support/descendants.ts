import { readdirSync, readFileSync } from 'node:fs';

/** A process of this machine. */
export interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly name: string;
  /** When it started, which tells it from a later one with the same id. */
  readonly started: string;
}

/** All processes that a process has started, and those that these have started. */
export function descendantsOf(pid: number): readonly Process[] {
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => processOf(Number(name)) ?? []);
  const below = (parent: number): Process[] =>
    all.filter((each) => each.parent === parent).flatMap((each) => [each, ...below(each.pid)]);
  return below(pid);
}

export function isAlive({ pid, started }: Process): boolean {
  return processOf(pid)?.started === started;
}

/** What `/proc/<pid>/stat` says: https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html */
function processOf(pid: number): Process | undefined {
  try {
    const [, name = '', rest = ''] = /\((.*)\) (.*)/s.exec(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? [];
    const [state, parent, ...more] = rest.split(' ');
    return state === 'Z' ? undefined : { pid, parent: Number(parent), name, started: more[17] ?? '' };
  } catch {
    return undefined;
  }
}
