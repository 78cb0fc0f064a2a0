import { setTimeout as sleep } from 'node:timers/promises';

/** A step that runs again and again. */
export interface Repeated {
  /** Returns once the step that runs now has ended. */
  readonly stop: () => Promise<void>;
}

/** Repeats a step with a pause after each. A step that fails is told to `failed`, and the next one tries again. */
export function repeat(step: () => Promise<void>, failed: (error: unknown) => void, pause = 300): Repeated {
  const stopping = new AbortController();
  const run = async () => {
    while (!stopping.signal.aborted) {
      await step().catch((error) => !stopping.signal.aborted && failed(error));
      await sleep(pause, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  };
  const running = run();
  return {
    stop: () => {
      stopping.abort();
      return running;
    },
  };
}
