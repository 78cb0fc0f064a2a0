import { connect } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

/** Bytes of one connection, or several parts with a pause between them. */
export type Bytes = string | Buffer | readonly (string | Buffer)[];

/** What a service did with a connection: the codes of its answers in order, and whether it closed the connection. */
export interface Outcome {
  readonly codes: readonly number[];
  readonly closed: boolean;
  readonly text: string;
}

/** How long a connection without further bytes counts as quiet. */
const QUIET_MS = 400;
const PAUSE_MS = 20;

/** Sends raw bytes and reads until the service closes the connection or is quiet. */
export async function sendRaw(port: number, bytes: Bytes): Promise<Outcome> {
  const socket = connect(port, '127.0.0.1');
  const chunks: Buffer[] = [];
  let closed = false;
  let last = Date.now();
  socket.on('error', () => undefined);
  socket.on('close', () => {
    closed = true;
  });
  socket.on('data', (chunk) => {
    chunks.push(chunk);
    last = Date.now();
  });
  for (const part of typeof bytes === 'string' || Buffer.isBuffer(bytes) ? [bytes] : bytes) {
    socket.write(part);
    last = Date.now();
    await wait(PAUSE_MS);
  }
  while (!closed && Date.now() - last < QUIET_MS) {
    await wait(PAUSE_MS);
  }
  socket.destroy();
  const text = Buffer.concat(chunks).toString('latin1');
  return { codes: [...text.matchAll(/HTTP\/1\.1 ([0-9]{3}) /g)].map(([, code]) => Number(code)), closed, text };
}
