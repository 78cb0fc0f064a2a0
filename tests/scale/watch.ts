import type { Api, Stored } from '../cluster/support/api.ts';
import { watchEvents } from '../cluster/support/watch-events.ts';

interface Event {
  readonly type: string;
  readonly object: Stored;
}

/**
 * Tells of each object of a resource, such as `/apis/apps/v1/deployments`: first of all that there are, then of each change.
 * The API server ends a watch after a while, and it then starts again.
 */
export function watch(
  api: Api,
  collection: string,
  tell: (event: Event) => void,
): { readonly stop: () => Promise<void> } {
  const stopping = new AbortController();
  const { signal } = stopping;
  const run = async () => {
    while (!signal.aborted) {
      for await (const event of watchEvents<Event>(api, `${collection}?watch=1&timeoutSeconds=1800`, signal)) {
        tell(event);
      }
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

/** Takes an object off those that wait, unless it has changed meanwhile. */
export function done(waiting: Map<string, Stored>, path: string, object: Stored): void {
  if (waiting.get(path) === object) {
    waiting.delete(path);
  }
}
