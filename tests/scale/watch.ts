import type { Api, Stored } from '../cluster/support/api.ts';

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
      await once(api, `${collection}?watch=1&timeoutSeconds=1800`, { signal, tell }).catch(() => undefined);
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

interface Watching {
  readonly signal: AbortSignal;
  readonly tell: (event: Event) => void;
}

async function once({ url, token }: Api, query: string, { signal, tell }: Watching): Promise<void> {
  const response = await fetch(`${url}${query}`, { headers: { authorization: `Bearer ${token}` }, signal });
  let rest = '';
  for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    const lines = `${rest}${chunk}`.split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      tell(JSON.parse(line));
    }
  }
}

/** Takes an object off those that wait, unless it has changed meanwhile. */
export function done(waiting: Map<string, Stored>, path: string, object: Stored): void {
  if (waiting.get(path) === object) {
    waiting.delete(path);
  }
}
