import type { AddressInfo } from 'node:net';
import { connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { testController } from '../../support/controllers.ts';
import { agent, gateway, gatewayClass, OURS, objectMap } from '../../support/gateways.ts';
import { recordedBody } from '../../support/recordings.ts';
import { type TestService, testService } from '../../support/service.ts';

const BODY = JSON.stringify(recordedBody('decorator-sync-agent-research.helper-new'));
const HOOK = '/kaos-routes/sync';
const KIB = 1024;

const open: TestService[] = [];
const sockets: Socket[] = [];
afterEach(async () => {
  for (const socket of sockets.splice(0)) {
    socket.destroy();
  }
  await Promise.all(open.splice(0).map(({ hooks }) => hooks.close()));
});

async function listen(variables: Readonly<Record<string, string>>, controllers?: Parameters<typeof testService>[1]) {
  const service = testService(variables, controllers);
  open.push(service);
  await service.hooks.listen({ host: '127.0.0.1', port: 0 });
  return { ...service, port: (service.hooks.server.address() as AddressInfo).port };
}

/** Sends the headers of a call, but no body. */
async function begin(port: number, lengthHeader: string): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  sockets.push(socket);
  socket.on('error', () => undefined);
  socket.write(`POST ${HOOK} HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n${lengthHeader}\r\n\r\n`);
  await wait(150);
  return socket;
}

async function call(port: number, body = BODY) {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(`http://127.0.0.1:${port}${HOOK}`, { method: 'POST', headers, body });
  return { code: response.status, retryAfter: response.headers.get('retry-after'), text: await response.text() };
}

const TOO_MUCH = { code: 429, retryAfter: '1', text: 'overloaded; retry later' };
const metrics = async ({ admin }: TestService) => (await admin.inject('/metrics')).body;

describe('an overloaded service', () => {
  it('answers 429 above its limit of calls, until one is answered', async () => {
    const service = await listen({ MAX_CALLS_IN_FLIGHT: '1' });
    const first = await begin(service.port, `content-length: ${BODY.length}`);
    expect(await call(service.port)).toEqual(TOO_MUCH);
    expect(await metrics(service)).toMatch(/overload_total\{reason="calls"\} 1\n.*calls_in_flight 1\n/s);
    first.write(BODY);
    await vi.waitFor(async () => expect((await call(service.port)).code).toBe(200));
    expect(await metrics(service)).toMatch(/calls_in_flight 0\n.*bytes_in_flight 0\n/s);
    expect(service.lines.find(({ code }) => code === 429)).toMatchObject({ refused: 'overloaded: calls' });
  });

  it('answers 429 above its limit of bytes until a caller hangs up', async () => {
    const more = ' '.repeat(200 * KIB);
    const service = await listen({ BODY_LIMIT_MIB: '1', MAX_MIB_IN_FLIGHT: '1' });
    const first = await begin(service.port, `content-length: ${900 * KIB}`);
    expect(await call(service.port, BODY + more)).toEqual(TOO_MUCH);
    expect(await metrics(service)).toContain('agent_gateway_hooks_overload_total{reason="bytes"} 1');
    first.destroy();
    await vi.waitFor(async () => expect((await call(service.port, BODY + more)).code).toBe(200));
    expect(await metrics(service)).toMatch(/calls_in_flight 0\n.*bytes_in_flight 0\n/s);
  });

  it('answers 411 at once to calls without a content-length, and meanwhile answers others', async () => {
    const service = await listen({ BODY_LIMIT_MIB: '1', MAX_MIB_IN_FLIGHT: '1' });
    const chunk = `200\r\n${' '.repeat(0x200)}\r\n`;
    const dribbling = Array.from({ length: 5 }, async () => {
      const socket = connect(service.port, '127.0.0.1').on('error', () => undefined);
      sockets.push(socket);
      socket.write(
        `POST ${HOOK} HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n${chunk}`,
      );
      return text(socket);
    });
    expect((await call(service.port)).code).toBe(200);
    for (const answer of await Promise.all(dribbling)) {
      expect(answer).toMatch(/^HTTP\/1\.1 411 .*\r\nconnection: close\r\n.*\r\n\r\ncontent-length: is required$/is);
    }
    expect(await metrics(service)).toMatch(/calls_in_flight 0\n.*bytes_in_flight 0\n/s);
    expect(service.lines.find(({ code }) => code === 411)).toMatchObject({ refused: 'content-length: is required' });
  });

  it('no longer counts the calls of callers that hung up, even if they sent many and read no answer', async () => {
    const agents = Array.from({ length: 600 }, (_, index) => agent(`team/agent-${index}`));
    const related = objectMap([gatewayClass('krakend', OURS, true), ...agents]);
    const object = gateway({}, { creationTimestamp: '2020-01-01T00:00:00Z' });
    const body = JSON.stringify({ controller: {}, object, attachments: {}, related, finalizing: false });
    const head = `POST /agent-gateway/sync HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: ${body.length}`;
    const service = await listen({});
    const clients = Array.from({ length: 10 }, () => connect(service.port, '127.0.0.1').pause());
    for (const client of clients) {
      client.on('error', () => undefined);
      client.write(`${head}\r\n\r\n${body}`.repeat(16));
    }
    await vi.waitFor(async () => expect(await metrics(service)).toMatch(/calls_in_flight [1-9]/), 10_000);
    await wait(1500);
    for (const client of clients) {
      client.resetAndDestroy();
    }
    await vi.waitFor(
      async () => expect(await metrics(service)).toMatch(/calls_in_flight 0\n.*bytes_in_flight 0\n/s),
      10_000,
    );
  });

  it('answers 429 while its event loop is delayed', async () => {
    let busyMs = 1500;
    const service = await listen({ MAX_EVENT_LOOP_DELAY_MS: '100' }, [busyFor(() => busyMs)]);
    const ask = () => service.post('/test/sync', BODY);
    // The delay counts as the mean of a second. One slow call in a calm second can stay below the limit, so calls go on.
    await vi.waitFor(async () => expect((await ask()).code).toBe(429), { timeout: 30_000, interval: 1 });
    busyMs = 0;
    await vi.waitFor(async () => expect((await ask()).code).toBe(200), { timeout: 30_000, interval: 100 });
    expect(await metrics(service)).toMatch(/overload_total\{reason="event_loop"\} [1-9]/);
  });
});

describe('a service whose calls take long, below its limit of delay', () => {
  it('answers all of them, one after the other and at once', async () => {
    const service = await listen({ MAX_EVENT_LOOP_DELAY_MS: '60000' }, [busyFor(() => 1200)]);
    const ask = async () => {
      const { code } = await service.post('/test/sync', BODY);
      await wait(1);
      return code;
    };
    for (let round = 0; round < 4; round += 1) {
      expect([await ask(), ...(await Promise.all([ask(), ask()]))]).toEqual([200, 200, 200]);
    }
    expect(await metrics(service)).not.toContain('overload_total{reason="event_loop"}');
  });
});

/** A controller that keeps the event loop busy, as a very large call does. */
function busyFor(ms: () => number) {
  return testController({
    sync: () => {
      const end = Date.now() + ms();
      while (Date.now() < end) {
        // Busy.
      }
      return { outcome: 'release', reason: 'None', status: null, problems: [] };
    },
  });
}

describe('the hooks port', () => {
  it('closes a connection above MAX_CONNECTIONS', async () => {
    const { port } = await listen({ MAX_CONNECTIONS: '1' });
    const first = await begin(port, `content-length: ${BODY.length}`);
    const second = await begin(port, 'content-length: 1');
    await vi.waitFor(() => expect(second.destroyed).toBe(true));
    expect(first.destroyed).toBe(false);
  });

  it('answers 431 to very long headers', async () => {
    const { port } = await listen({});
    const answer = await begin(port, `x: ${'x'.repeat(20_000)}`);
    const text = await new Promise<string>((resolve) => answer.once('data', (data) => resolve(String(data))));
    expect(text).toMatch(/^HTTP\/1\.1 431 /);
  });

  it.each([
    ['sends nothing', '', 14_000],
    ['does not finish its headers', `POST ${HOOK} HTTP/1.1\r\nhost: x\r\n`, 14_000],
    [
      'does not finish its body',
      `POST ${HOOK} HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 9\r\n\r\n{`,
      36_000,
    ],
  ])('closes a connection that %s', { timeout: 45_000, concurrent: true }, async (_case, bytes, withinMs) => {
    const service = testService();
    await service.hooks.listen({ host: '127.0.0.1', port: 0 });
    const socket = connect((service.hooks.server.address() as AddressInfo).port, '127.0.0.1');
    const since = Date.now();
    socket.on('error', () => undefined);
    socket.resume();
    socket.write(bytes);
    await new Promise((resolve) => socket.on('close', resolve));
    expect(Date.now() - since).toBeLessThan(withinMs);
    await service.hooks.close();
  });
});
