import { Agent, type RequestOptions, request } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';

/** A call over HTTP: its milliseconds, or undefined for a 429. Fails for any other answer than 200. */
export type HttpCall = () => Promise<number | undefined>;

const REFUSED = 429;
/** How long a caller waits after a 429. Metacontroller waits a second. */
const PAUSE_MS = 50;

/** Calls with one body. The connections stay open, as Metacontroller's do. */
export function httpCall(port: number, { path, body, method = 'POST' }: Sent, agent: Agent): HttpCall {
  const headers = { 'content-type': 'application/json', 'content-length': body.length };
  const options = { host: '127.0.0.1', port, method, path, headers, agent };
  return async () => {
    const start = performance.now();
    const code = await codeOf(options, body);
    if (code !== 200 && code !== REFUSED) {
      throw new Error(`${path}: expected 200, not ${code}`);
    }
    return code === 200 ? performance.now() - start : undefined;
  };
}

/** The status code of an answer, once all of it has arrived. */
function codeOf(options: RequestOptions, body: Buffer): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const outgoing = request(options, (response) => {
      response.resume();
      response.on('error', reject);
      response.on('end', () => resolve(response.statusCode));
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
  /** How many calls got a 429. */
  readonly refused: number;
}

/** Lets callers call for a time, each at least once, and each again as soon as it has its answer. */
export async function load(call: HttpCall, callers: number, ms: number): Promise<Load> {
  const times: number[] = [];
  const start = performance.now();
  let refused = 0;
  const caller = async () => {
    do {
      const took = await call();
      if (took === undefined) {
        refused += 1;
        await wait(PAUSE_MS);
      } else {
        times.push(took);
      }
    } while (performance.now() - start < ms);
  };
  await Promise.all(Array.from({ length: callers }, caller));
  const seconds = (performance.now() - start) / 1000;
  return { perSecond: times.length / seconds, times: times.sort((a, b) => a - b), refused };
}
