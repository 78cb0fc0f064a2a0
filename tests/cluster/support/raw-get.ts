import { once } from 'node:events';
import { type IncomingMessage, type OutgoingHttpHeaders, request } from 'node:http';
import { text } from 'node:stream/consumers';

/** An answer with the lines of each header in one text, as they are joined by a reader. */
export interface RawAnswer {
  readonly status: number | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

/** Gets a path as it is written, with any Host and without what `fetch` adds. */
export async function rawGet(origin: string, path: string, headers: OutgoingHttpHeaders): Promise<RawAnswer> {
  const { hostname, port } = new URL(origin);
  const sent = request({ hostname, port, path, headers, agent: false }).end();
  const [answer] = (await once(sent, 'response')) as [IncomingMessage];
  const lines = Object.entries(answer.headersDistinct).map(([name, values = []]) => [name, values.join(', ')]);
  return { status: answer.statusCode, headers: Object.fromEntries(lines), text: await text(answer) };
}
