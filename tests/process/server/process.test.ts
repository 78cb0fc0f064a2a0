import { Agent, request } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { shutDown } from '../../../webhooks/server/lifecycle.ts';
import { recordedBody } from '../../support/recordings.ts';
import { runNode } from '../../support/run.ts';
import { testService } from '../../support/service.ts';
import { killServices, startService } from '../../support/service-process.ts';

const MAIN = ['webhooks/main.ts'];
const ENVIRONMENT = { HOST: '127.0.0.1', PORT: '0', ADMIN_PORT: '0' };
const BODY = JSON.stringify(recordedBody('decorator-sync-agent-research.helper-new'));

afterEach(killServices);

const start = () => startService({ SHUTDOWN_DELAY_SECONDS: '2' });

interface Answered {
  readonly code: number | undefined;
  readonly connection: string | undefined;
  readonly keepAlive: string | undefined;
}

function call(port: number, agent: Agent, path = '/kaos-routes/sync'): Promise<Answered> {
  return new Promise((resolve, reject) => {
    const method = path === '/kaos-routes/sync' ? 'POST' : 'GET';
    const headers = { 'content-type': 'application/json' };
    const outgoing = request({ host: '127.0.0.1', port, path, method, agent, headers }, (response) => {
      response.resume();
      const { connection, 'keep-alive': keepAlive } = response.headers;
      response.on('end', () => resolve({ code: response.statusCode, connection, keepAlive: String(keepAlive) }));
    });
    outgoing.on('error', reject);
    outgoing.end(method === 'POST' ? BODY : undefined);
  });
}

describe('the process', () => {
  it('keeps idle connections longer than the 90 s of Metacontroller', async () => {
    const { port } = await start();
    const agent = new Agent({ keepAlive: true });
    const answer = await call(port, agent);
    expect(answer).toEqual({ code: 200, connection: 'keep-alive', keepAlive: 'timeout=95' });
    agent.destroy();
  });

  it('is not ready right after SIGTERM, answers all calls until it ends, and exits with 0', async () => {
    const { child, port, adminPort, ended } = await start();
    const agents = Array.from({ length: 4 }, () => new Agent({ keepAlive: true, maxSockets: 1 }));
    await Promise.all(agents.map((agent) => call(port, agent)));
    child.kill('SIGTERM');
    const signalled = Date.now();
    await wait(100);
    const fresh = new Agent({ keepAlive: false });
    expect((await call(adminPort, fresh, '/readyz')).code).toBe(503);
    expect((await call(adminPort, fresh, '/healthz')).code).toBe(200);
    // First on the connections that were open before the signal, then on new ones, for most of the delay.
    const answers = await Promise.all(agents.map((agent) => call(port, agent)));
    while (Date.now() - signalled < 1000) {
      await wait(100);
      answers.push(...(await Promise.all(agents.map((agent) => call(port, agent)))));
    }
    expect(new Set(answers.map(({ code, connection }) => `${code} ${connection}`))).toEqual(new Set(['200 close']));
    const { code, stderr } = await ended;
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });

  it.each([
    ['headers', 40],
    ['body', 300],
  ])('answers a call that was sent up to the middle of its %s at SIGTERM', async (_where, bytes) => {
    const { child, port, ended } = await start();
    const socket = connect(port, '127.0.0.1');
    const head = `POST /kaos-routes/sync HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: ${BODY.length}\r\n\r\n`;
    const call = head + BODY;
    socket.write(call.slice(0, bytes));
    await wait(200);
    child.kill('SIGTERM');
    await wait(2500);
    socket.write(call.slice(bytes));
    const answer = await text(socket);
    expect(answer).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
    expect(answer).toMatch(/\r\nconnection: close\r\n/i);
    expect((await ended).code).toBe(0);
  });

  it('closes the connection of a call that never ends, and stops listening', async () => {
    const app = testService();
    const { port } = new URL(await app.hooks.listen({ host: '127.0.0.1', port: 0 }));
    const socket = connect(Number(port), '127.0.0.1');
    socket.on('error', () => undefined);
    socket.write('POST /kaos-routes/sync HTTP/1.1\r\nhost: x\r\n');
    await wait(100);
    await shutDown(app, { delaySeconds: 0, drainSeconds: 0.3 });
    expect(app.hooks.server.listening).toBe(false);
  });

  it('limits the time for a request and for an idle connection', () => {
    const { hooks } = testService();
    expect({ requestTimeout: hooks.server.requestTimeout, keepAliveTimeout: hooks.server.keepAliveTimeout }).toEqual({
      requestTimeout: 30_000,
      keepAliveTimeout: 95_000,
    });
  });

  it('does not start with a bad setting: it prints one line and exits with 1', async () => {
    expect(await runNode(MAIN, { env: { GATEWAY_API_ENABLED: 'yes' } })).toEqual({
      code: 1,
      stdout: '',
      stderr: 'GATEWAY_API_ENABLED: "yes" is not valid; expected true or false\n',
    });
  });

  it.each([
    ['thrown', "throw new Error('boom')"],
    ['rejected', "Promise.reject(new Error('boom'))"],
  ])('logs an uncaught error, %s, and exits with 1', async (_how, code) => {
    const later = `data:text/javascript,${encodeURIComponent(`setTimeout(() => { ${code} }, 1500)`)}`;
    const { ended } = await startService({}, ['--import', later]);
    const { code: exit, stdout } = await ended;
    expect({ exit, stdout }).toEqual({
      exit: 1,
      stdout: expect.stringMatching(/"level":"fatal",.*boom.*"msg":"exiting after an error"/),
    });
  });

  it.each(['PORT', 'ADMIN_PORT'] as const)('exits with 1 if its %s is in use', async (variable) => {
    const { port } = await start();
    const second = await runNode(MAIN, { env: { ...ENVIRONMENT, [variable]: String(port) } });
    expect({ code: second.code, stderr: second.stderr }).toEqual({
      code: 1,
      stderr: expect.stringMatching(
        new RegExp(`^HOST, ${variable}: cannot listen on "127.0.0.1", port ${port}: .*EADDRINUSE.*\n$`),
      ),
    });
  });
});
