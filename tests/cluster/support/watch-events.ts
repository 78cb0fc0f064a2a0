import type { Api } from './api.ts';

/** The events of one watch, until its connection ends in any way. The query is a path with its parameters. */
export async function* watchEvents<Event>(
  { url, token }: Api,
  query: string,
  signal: AbortSignal,
): AsyncGenerator<Event> {
  for await (const line of linesAt(`${url}${query}`, { headers: { authorization: `Bearer ${token}` }, signal })) {
    yield JSON.parse(line);
  }
}

/** The whole lines of an answer. It ends with the connection, whatever ended that. */
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
    // The connection has ended, or was never there.
  }
}
