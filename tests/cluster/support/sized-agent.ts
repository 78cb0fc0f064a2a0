import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

const MIB = 1024 * 1024;
const CHUNK = 'x'.repeat(MIB);
/** What surrounds the text of an answer: a card, and an A2A task too. */
const BEGIN =
  '{"name":"sized","url":"http://x","jsonrpc":"2.0","id":1,"result":{"kind":"task","id":"1","contextId":"1","artifacts":[{"artifactId":"1","parts":[{"kind":"text","text":"';
const END = '"}]}],"status":{"state":"completed"}}}';

/** An agent that answers with a text of the size in its path, such as `/known-8`: MiB, with a length; `/open-8`: without. */
export interface SizedAgent {
  /** The address that the agent runtime would write as `status.url`, for an answer of a kind and so many MiB. */
  readonly cardUrl: (kind: 'known' | 'open', mib: number) => string;
  readonly stop: () => Promise<void>;
}

/** Starts the agent. The header `x-heard` of its answers has the number of bytes of the body that it heard. */
export async function startSizedAgent(): Promise<SizedAgent> {
  const server = createServer((request, response) => {
    // A caller that goes away, or a KrakenD that ends, breaks the connection.
    answer(request, response).catch(() => response.destroy());
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    cardUrl: (kind, mib) => `http://127.0.0.1:${port}/${kind}-${mib}/.well-known/agent-card.json`,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  let heard = 0;
  for await (const chunk of request) {
    heard += (chunk as Buffer).length;
  }
  const [, kind, size] = /^\/(\w+)-(\d+)/.exec(request.url ?? '') ?? [];
  const mib = Number(size);
  const length = BEGIN.length + mib * MIB + END.length;
  response.writeHead(200, {
    'content-type': 'application/json',
    'x-heard': String(heard),
    ...(kind === 'known' && { 'content-length': String(length) }),
  });
  await pipeline(Readable.from(texts(mib)), response);
}

function* texts(mib: number): Generator<string> {
  yield BEGIN;
  for (let done = 0; done < mib; done += 1) {
    yield CHUNK;
  }
  yield END;
}
