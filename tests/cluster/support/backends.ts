import { setTimeout as sleep } from 'node:timers/promises';
import Fastify, { type FastifyInstance } from 'fastify';

/** Where on the loopback something listens. */
export interface Listening {
  readonly host: string;
  readonly port: number;
}

/** Something that routes lead to. */
export interface Backend {
  readonly port: number;
  readonly stop: () => Promise<unknown>;
}

/** A backend that tells who it is and what it was asked; asked for `/slow?seconds=2` it takes two seconds. */
export async function startEcho(name: string): Promise<Backend> {
  const server = Fastify({ forceCloseConnections: true });
  server.all<{ Querystring: { seconds?: string } }>('/*', async ({ url, query }) => {
    await sleep(Number(query.seconds ?? 0) * 1000);
    return { backend: name, url };
  });
  return listening(server);
}

/** Has a server listen on a free port of the loopback. */
export async function listening(server: FastifyInstance): Promise<Backend> {
  const url = await server.listen({ host: '127.0.0.1', port: 0 });
  return { port: Number(new URL(url).port), stop: () => server.close() };
}
