import { setTimeout as wait } from 'node:timers/promises';
import { type Api, call, groupPath } from '../../cluster/support/api.ts';
import { watchEvents } from '../../cluster/support/watch-events.ts';
import type { Manifest } from '../../support/helm.ts';
import type { Seen } from '../judge.ts';

interface WatchEvent {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK' | 'ERROR';
  readonly object: Manifest & { readonly metadata: { readonly resourceVersion: string } };
}

interface Watched {
  readonly apiVersion: string;
  readonly resource: string;
  readonly kind: string;
}

/**
 * Tells every change of a resource from now on. The API server ends a watch now and then, and the next one goes on where it ended, so
 * nothing is missed; if that is not possible, it throws.
 */
export async function watch(api: Api, watched: Watched, { see, signal }: Watcher): Promise<void> {
  const { apiVersion, resource, kind } = watched;
  const path = `${groupPath(apiVersion)}/${resource}`;
  const { body } = await call(api, 'GET', `${path}?limit=1`);
  let version = (body as { readonly metadata: { readonly resourceVersion: string } }).metadata.resourceVersion;
  while (!signal.aborted) {
    const query = `${path}?watch=true&allowWatchBookmarks=true&resourceVersion=${version}`;
    for await (const { type, object } of withoutGap(watchEvents<WatchEvent>(api, query, signal))) {
      version = object.metadata.resourceVersion;
      if (type !== 'BOOKMARK') {
        see({ type: type === 'DELETED' ? 'gone' : 'there', object: { ...object, apiVersion, kind } });
      }
    }
    await wait(PAUSE_MS);
  }
}

interface Watcher {
  readonly see: (seen: Seen) => void;
  readonly signal: AbortSignal;
}

const PAUSE_MS = 100;

/** The same events. An error tells that some may be missing. */
async function* withoutGap(events: AsyncGenerator<WatchEvent>): AsyncGenerator<WatchEvent> {
  for await (const event of events) {
    if (event.type === 'ERROR') {
      throw new Error(`the watch has a gap: ${JSON.stringify(event.object)}`);
    }
    yield event;
  }
}
