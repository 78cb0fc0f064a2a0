/** How a piece of work ended, if it did not throw. */
export type Ended = { readonly again?: number };

export interface WorkQueue {
  readonly add: (key: string) => void;
  readonly retries: () => number;
  /** The keys whose last work failed. */
  readonly failing: () => readonly string[];
  readonly stop: () => void;
}

/** Metacontroller's: 5 ms after the first failure, twice as long after each further one, at most 1000 s. */
const BACKOFF_MS = { first: 5, longest: 1_000_000 };
const WORKERS = 5;

/**
 * The work queue of Kubernetes's controllers. A key is worked on once at a time. One that is added meanwhile is worked on again, and
 * one whose work fails is too, after a pause that grows.
 */
export function workQueue(work: (key: string) => Promise<Ended>): WorkQueue {
  const waiting = new Set<string>();
  const working = new Set<string>();
  const failures = new Map<string, number>();
  const timers = new Map<string, { readonly due: number; readonly timer: NodeJS.Timeout }>();
  let retries = 0;
  let stopped = false;
  const add = (key: string) => {
    waiting.add(key);
    next();
  };
  /** The earliest of several times wins. */
  const later = (key: string, ms: number) => {
    const due = performance.now() + ms;
    const known = timers.get(key);
    if (known === undefined || due < known.due) {
      clearTimeout(known?.timer);
      const fire = () => timers.delete(key) && add(key);
      timers.set(key, { due, timer: setTimeout(fire, ms) });
    }
  };
  const run = async (key: string) => {
    try {
      const { again } = await work(key);
      failures.delete(key);
      if (again !== undefined) {
        later(key, again);
      }
    } catch {
      const count = failures.get(key) ?? 0;
      failures.set(key, count + 1);
      retries += 1;
      later(key, Math.min(BACKOFF_MS.longest, BACKOFF_MS.first * 2 ** count));
    }
  };
  const next = () => {
    const key = [...waiting].find((each) => !working.has(each));
    if (stopped || key === undefined || working.size >= WORKERS) {
      return;
    }
    waiting.delete(key);
    working.add(key);
    void run(key).then(() => {
      working.delete(key);
      next();
    });
    next();
  };
  return {
    add,
    retries: () => retries,
    failing: () => [...failures.keys()],
    stop: () => {
      stopped = true;
      for (const { timer } of timers.values()) {
        clearTimeout(timer);
      }
    },
  };
}
