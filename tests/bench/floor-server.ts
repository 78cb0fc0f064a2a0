import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * The least service, which is the floor of the figures over HTTP, of the start and of memory: it parses each body and writes the
 * answer that `PUT /` has set. Its lines and its two ports are like those of the service.
 */
let answer: unknown = {};

async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) {
    chunks.push(chunk);
  }
  if (request.method === 'GET') {
    response.end('ok');
    return;
  }
  const body: unknown = JSON.parse(Buffer.concat(chunks).toString('utf8'));
  if (request.method === 'PUT') {
    answer = body;
  }
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify(answer));
}

for (let port = 0; port < 2; port += 1) {
  const server = createServer((request, response) => void handle(request, response));
  server.listen(0, '127.0.0.1', () => {
    const { port: opened } = server.address() as AddressInfo;
    process.stdout.write(`Server listening at http://127.0.0.1:${opened}\n`);
  });
}
