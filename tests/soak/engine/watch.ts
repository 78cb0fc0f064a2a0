import { setTimeout as wait } from 'node:timers/promises';
import { type Api, call, groupPath } from '../../cluster/support/api.ts';
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
    const url = `${api.url}${path}?watch=true&allowWatchBookmarks=true&resourceVersion=${version}`;
    for await (const { type, object } of eventsAt(url, api.token, signal)) {
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

/** The events of one connection, until it ends. */
async function* eventsAt(url: string, token: string, signal: AbortSignal): AsyncGenerator<WatchEvent> {
  for await (const line of linesAt(url, { headers: { authorization: `Bearer ${token}` }, signal })) {
    const event: WatchEvent = JSON.parse(line);
    if (event.type === 'ERROR') {
      throw new Error(`the watch ${url} has a gap: ${line}`);
    }
    yield event;
  }
}

async function* linesAt(url: string, options: RequestInit): AsyncGenerator<string> {
  let rest = '';
  try {
    const { body } = await fetch(url, options);
    for await (const piece of body?.pipeThrough(new TextDecoderStream()) ?? []) {
      const lines = `${rest}${piece}`.split('\n');
      rest = lines.pop() ?? '';
      yield* lines;
    }
  } catch {
    // The connection has ended. The next one goes on from the last version.
  }
}
