import { once } from 'node:events';
import { createServer } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Backend } from './backends.ts';

export interface Collector extends Backend {
  /** The calls that it got: their paths, and their bytes as text. */
  readonly heard: readonly { readonly path: string | undefined; readonly text: string }[];
  /** Waits for a call, for half a minute at most. */
  readonly untilHeard: () => Promise<void>;
}

/** Starts a collector that accepts all OpenTelemetry data over gRPC. */
export async function startCollector(): Promise<Collector> {
  const heard: { path: string | undefined; text: string }[] = [];
  const something = Promise.withResolvers<void>();
  const server = createServer();
  server.on('stream', async (stream, { ':path': path }) => {
    heard.push({ path, text: (await buffer(stream)).toString('latin1') });
    something.resolve();
    stream.respond({ 'content-type': 'application/grpc' }, { waitForTrailers: true });
    stream.once('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }));
    stream.end(Buffer.alloc(5)); // An empty message.
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const untilHeard = () => Promise.race([something.promise, sleep(30_000, undefined, { ref: false })]);
  return { port, heard, untilHeard, stop: async () => server.close() };
}
