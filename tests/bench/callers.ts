import { Agent, request } from 'node:http';

/** A call over HTTP, in milliseconds. Fails for any other answer than 200. */
export type HttpCall = () => Promise<number>;

/** Calls with one body. The connections stay open, as Metacontroller's do. */
export function httpCall(port: number, { path, body, method = 'POST' }: Sent, agent: Agent): HttpCall {
  const headers = { 'content-type': 'application/json', 'content-length': body.length };
  const options = { host: '127.0.0.1', port, method, path, headers, agent };
  return () =>
    new Promise((resolve, reject) => {
      const start = performance.now();
      const outgoing = request(options, (response) => {
        response.resume();
        response.on('error', reject);
        response.on('end', () =>
          response.statusCode === 200
            ? resolve(performance.now() - start)
            : reject(new Error(`${path}: expected 200, not ${response.statusCode}`)),
        );
      });
      outgoing.on('error', reject);
      outgoing.end(body);
    });
}

export interface Sent {
  readonly path: string;
  readonly body: Buffer;
  readonly method?: 'POST' | 'PUT';
}

/** Connections for so many callers. */
export function connections(callers: number): Agent {
  return new Agent({ keepAlive: true, maxSockets: callers });
}

export interface Load {
  readonly perSecond: number;
  /** The milliseconds of each call, sorted. */
  readonly times: readonly number[];
}

/** Lets callers call for a time, each at least once, and each again as soon as it has its answer. */
export async function load(call: HttpCall, callers: number, ms: number): Promise<Load> {
  const times: number[] = [];
  const start = performance.now();
  const caller = async () => {
    do {
      times.push(await call());
    } while (performance.now() - start < ms);
  };
  await Promise.all(Array.from({ length: callers }, caller));
  const seconds = (performance.now() - start) / 1000;
  return { perSecond: times.length / seconds, times: times.sort((a, b) => a - b) };
}
