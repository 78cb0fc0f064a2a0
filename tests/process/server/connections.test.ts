import { existsSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { needing } from '../../support/needing.ts';
import { type TestService, testService } from '../../support/service.ts';

const GET = 'GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n';
const METRICS = 'GET /metrics HTTP/1.1\r\nhost: x\r\n\r\n';

const open: TestService[] = [];
const sockets: Socket[] = [];
afterEach(async () => {
  for (const socket of sockets.splice(0)) {
    socket.destroy();
  }
  await Promise.all(open.splice(0).map(({ admin }) => admin.close()));
});

async function adminPort(variables: Readonly<Record<string, string>> = {}): Promise<number> {
  const service = testService(variables);
  open.push(service);
  return Number(new URL(await service.admin.listen({ host: '127.0.0.1', port: 0 })).port);
}

function connected(port: number, localAddress?: string): Socket {
  const socket = connect({ port, host: '127.0.0.1', ...(localAddress && { localAddress }) });
  sockets.push(socket);
  return socket.on('error', () => undefined);
}

/** Connections that were each answered once and then do nothing. */
async function idleConnections(port: number, count: number, localAddress?: string): Promise<Socket[]> {
  const made = Array.from({ length: count }, async () => {
    const socket = connected(port, localAddress);
    socket.write(GET);
    await new Promise((resolve) => socket.once('data', resolve).once('close', resolve));
    return socket;
  });
  return Promise.all(made);
}

/** Connections that send this and never read. One follows the other, because the system queues only some hundreds. */
async function deafConnections(port: number, count: number, bytes: string): Promise<void> {
  for (let index = 0; index < count; index += 1) {
    const socket = connected(port).pause();
    await new Promise((resolve) => socket.once('connect', resolve));
    socket.write(bytes);
  }
  await wait(200);
}

async function expectHealthy(port: number): Promise<void> {
  for (let probes = 0; probes < 5; probes += 1) {
    const signal = AbortSignal.timeout(1000);
    const answer = await fetch(`http://127.0.0.1:${port}/healthz`, { signal, headers: { connection: 'close' } });
    expect(answer.status).toBe(200);
  }
}

describe('the admin port', () => {
  it('answers /healthz if 1,000 idle connections have reached the limit', async () => {
    const port = await adminPort();
    const idle = await idleConnections(port, 1000);
    await expectHealthy(port);
    expect(idle.filter(({ destroyed }) => destroyed).length).toBeLessThanOrEqual(5);
  });

  const linux = needing({ name: 'Linux', found: existsSync('/proc/self/status') });
  linux.it('closes idle connections of the caller that has the most', async () => {
    const port = await adminPort({ MAX_CONNECTIONS: '20' });
    const [first] = await idleConnections(port, 1);
    await idleConnections(port, 60, '127.0.0.2');
    expect(first?.destroyed).toBe(false);
  });

  it.each<[string, number, string]>([
    ['send a GET', 1000, GET],
    ['send half a GET', 1000, GET.slice(0, 20)],
    ['send a GET with a body that never comes', 1000, `${GET.trimEnd()}\r\ncontent-length: 9\r\n\r\n`],
    [
      'send half a POST',
      1000,
      'POST /healthz HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 9\r\n\r\n{',
    ],
  ])('answers /healthz beside connections that %s and never read', async (_what, count, bytes) => {
    const port = await adminPort();
    await deafConnections(port, count, bytes);
    await expectHealthy(port);
  });

  it('answers /healthz if connections with more answers than the system buffers have reached the limit', async () => {
    const port = await adminPort({ MAX_CONNECTIONS: '4' });
    await deafConnections(port, 4, METRICS.repeat(500));
    // The answers themselves take some seconds.
    await vi.waitFor(() => expectHealthy(port), 20_000);
  });

  it.each(['POST', 'PUT', 'DELETE', 'OPTIONS', 'PROPFIND'])(
    'refuses %s before its body has arrived',
    async (method) => {
      const socket = connected(await adminPort());
      socket.write(`${method} /metrics HTTP/1.1\r\nhost: x\r\ncontent-length: 1000\r\n\r\n{`);
      const answer = await text(socket);
      expect(answer).toMatch(/^HTTP\/1\.1 405 .*\r\nallow: GET, HEAD\r\n/is);
      expect(answer).toMatch(/\r\nconnection: close\r\n/i);
    },
  );
});
