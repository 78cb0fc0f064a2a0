import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { publicJwk, type SigningKey } from '../../support/jwt.ts';
import { freePort } from './processes.ts';

/** The keys of a login server. */
export interface JwksServer {
  readonly uri: string;
  /** How often the keys were asked for. */
  readonly fetches: () => number;
  /** Publishes these keys alone from now on. */
  readonly rotate: (...keys: readonly SigningKey[]) => void;
  /** Ends the server, so that connections to it are refused. */
  readonly stop: () => Promise<void>;
  /** Lets it listen at the same address again, or for the first time. */
  readonly start: () => Promise<void>;
}

/** A login server that publishes keys at a free port of the loopback. It listens once it is started. */
export async function jwksServer(...first: readonly SigningKey[]): Promise<JwksServer> {
  const port = await freePort();
  let keys = first;
  let fetches = 0;
  let server: Server | undefined;
  return {
    uri: `http://127.0.0.1:${port}/jwks.json`,
    fetches: () => fetches,
    rotate: (...next) => {
      keys = next;
    },
    stop: async () => {
      const ended = server;
      server = undefined;
      ended?.close();
      ended?.closeAllConnections();
      await (ended && once(ended, 'close'));
    },
    start: async () => {
      server ??= await listeningAt(port, () => {
        fetches += 1;
        return JSON.stringify({ keys: keys.map(publicJwk) });
      });
    },
  };
}

async function listeningAt(port: number, answer: () => string): Promise<Server> {
  const server = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).end(answer());
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return server;
}
