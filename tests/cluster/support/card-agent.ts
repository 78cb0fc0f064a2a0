import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { type CardAnswer, type CardCase, cardPaths, filledIn, repeated } from '../../support/card-cases.ts';

/** A request that an agent got. */
interface Heard {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
}

/** A server that answers as the agent of a case. */
export interface CardAgent {
  readonly origin: string;
  readonly heard: Heard[];
  readonly stop: () => Promise<void>;
}

/** A server to which an agent may redirect: its card is no other agent's. */
export const CARD_ELSEWHERE: CardCase = {
  title: 'another server',
  era: '0.3',
  reference: 'https://www.rfc-editor.org/rfc/rfc9110#section-15.4',
  agent: { text: 'a secret of another server', elsewhere: { text: 'a secret of another server' } },
  expected: { status: 200 },
};

/** Starts the agent of a case on a free port. `{elsewhere}` in its answer is the origin of another server. */
export async function startCardAgent(of: CardCase, elsewhere: string): Promise<CardAgent> {
  const { agent } = of;
  const heard: Heard[] = [];
  const server = createServer(({ url = '', headers, socket }, response) => {
    heard.push({ path: url, headers });
    const answer = cardPaths(of).includes(url) ? agent : (agent.elsewhere ?? { status: 404, text: 'not found' });
    const values = { ...repeated(of), agent: originAt(socket.localPort), elsewhere };
    send(answer, { response, values, tags: headers['if-none-match'] });
  });
  return { origin: originAt(await listening(server)), heard, stop: () => stopped(server) };
}

function originAt(port: number | undefined): string {
  return `http://127.0.0.1:${port}`;
}

async function listening(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

async function stopped(server: Server): Promise<void> {
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
}

interface Sending {
  readonly response: ServerResponse;
  readonly values: Readonly<Record<string, string>>;
  readonly tags: string | undefined;
}

const JSON_TYPE = { 'content-type': 'application/json' };

function send({ status = 200, headers = {}, card, text, gzip, chunked }: CardAnswer, { response, ...of }: Sending) {
  const filled = JSON.parse(filledIn(headers, of.values)) as typeof headers;
  if (of.tags !== undefined && weak(of.tags) === weak(filled['etag'])) {
    response.writeHead(304, filled).end();
    return;
  }
  const body = Buffer.from(filledIn(text ?? card ?? '', of.values));
  const sent = gzip ? gzipSync(body) : body;
  const length = chunked ? {} : { 'content-length': sent.length };
  const encoding = gzip ? { 'content-encoding': 'gzip' } : {};
  response.writeHead(status, { ...JSON_TYPE, ...length, ...encoding, ...filled }).end(sent);
}

/** The weak form of a tag, in which tags of If-None-Match are compared: RFC 9110, 13.1.2. */
function weak(tag: string | string[] | undefined): string {
  return `${tag}`.replace(/^(?!W\/)/, 'W/');
}
