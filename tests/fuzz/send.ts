import { Agent, request } from 'node:http';
import type { Call } from './bodies.ts';

/** What the service did with a call; code 0 if it closed the connection without an answer. */
export interface Answer {
  readonly code: number;
  readonly text: string;
  readonly ms: number;
}

const PAUSE_MS = 2;
const agent = new Agent({ keepAlive: true, maxSockets: 16 });

/** Sends a call over a real connection. */
export function send(port: number, call: Call): Promise<Answer> {
  const { path, headers, body, isHalved } = call;
  const isChunked = headers['transfer-encoding'] !== undefined;
  const length = isChunked ? {} : { 'content-length': `${body.length}` };
  return new Promise((resolve) => {
    const start = performance.now();
    const end = (code: number, text: string) => resolve({ code, text, ms: performance.now() - start });
    const options = { host: '127.0.0.1', port, method: 'POST', path, headers: { ...headers, ...length }, agent };
    const outgoing = request(options, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('end', () => end(response.statusCode ?? 0, Buffer.concat(chunks).toString()));
      response.on('error', () => end(0, 'the answer did not end'));
    });
    outgoing.on('error', (error) => end(0, error.message));
    write(outgoing, body, isHalved);
  });
}

function write(outgoing: ReturnType<typeof request>, body: Buffer, isHalved: boolean): void {
  const half = isHalved ? Math.floor(body.length / 2) : 0;
  outgoing.write(body.subarray(0, half), () => {
    setTimeout(() => outgoing.end(body.subarray(half)), half > 0 ? PAUSE_MS : 0);
  });
}
