import { setTimeout as sleep } from 'node:timers/promises';
import Fastify, { type FastifyInstance } from 'fastify';

/** An address of the loopback on which a program listens. */
export interface Listening {
  readonly host: string;
  readonly port: number;
}

/** A server to which routes lead. */
export interface Backend {
  readonly port: number;
  readonly stop: () => Promise<unknown>;
}

/** A backend that answers with its name and the URL of the call. A call to `/slow?seconds=2` takes two seconds. */
export async function startEcho(name: string): Promise<Backend> {
  const server = Fastify({ forceCloseConnections: true });
  server.all<{ Querystring: { seconds?: string } }>('/*', async ({ url, query }) => {
    await sleep(Number(query.seconds ?? 0) * 1000);
    return { backend: name, url };
  });
  return listening(server);
}

/** A backend that answers with the URL and some headers of the call. */
export function startHeaderEcho(...names: readonly string[]): Promise<Backend> {
  const server = Fastify({ forceCloseConnections: true });
  server.all('/*', async ({ url, headers }) => ({
    url,
    headers: Object.fromEntries(names.map((name) => [name, headers[name] ?? ''])),
  }));
  return listening(server);
}

/** Lets a server listen, by default on a free port of the loopback. */
export async function listening(
  server: FastifyInstance,
  at: Listening = { host: '127.0.0.1', port: 0 },
): Promise<Backend> {
  const url = await server.listen(at);
  return { port: Number(new URL(url).port), stop: () => server.close() };
}
