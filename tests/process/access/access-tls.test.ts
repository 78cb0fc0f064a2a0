import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { type ConnectionOptions, connect as tlsConnect } from 'node:tls';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Authority, makeAuthority, type Signed, sign, writeSecret } from '../../support/certificates.ts';
import { BODY, closeAll, HOOK, listen, metric, REFUSED } from '../../support/listening.ts';
import { runNode } from '../../support/run.ts';
import { testService } from '../../support/service.ts';
import { killServices, startService } from '../../support/service-process.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'access-'));
});
afterEach(async () => {
  killServices();
  await closeAll();
  rmSync(folder, { recursive: true });
});

interface Called {
  readonly code: number | undefined;
  readonly text: string;
  /** Who the server said it is. */
  readonly server: string;
}

/** One call on a connection of its own, to the service over TLS. */
function call(port: number, options: ConnectionOptions): Promise<Called> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json' };
    const outgoing = request({
      host: '127.0.0.1',
      port,
      path: HOOK,
      method: 'POST',
      headers,
      agent: false,
      ...options,
    });
    outgoing.on('error', reject);
    outgoing.on('response', async (response) => {
      const server = 'getPeerCertificate' in response.socket ? peerOf(response.socket) : '';
      resolve({ code: response.statusCode, text: await text(response), server });
    });
    outgoing.end(BODY);
  });
}

function peerOf(socket: { getPeerCertificate?: unknown }): string {
  const { getPeerCertificate } = socket as { getPeerCertificate: () => { subject: { CN: string } } };
  return getPeerCertificate.call(socket).subject.CN;
}

describe('TLS', () => {
  let authority: Authority;
  let server: Signed;
  let client: Signed;
  beforeAll(async () => {
    authority = await makeAuthority('authority');
    [server, client] = await Promise.all([sign(authority, 'server'), sign(authority, 'client')]);
  });

  const tls = () => ({
    TLS_CERT_FILE: path.join(folder, 'tls.crt'),
    TLS_KEY_FILE: path.join(folder, 'tls.key'),
  });
  const mutual = () => ({ ...tls(), TLS_CLIENT_CA_FILE: path.join(folder, 'ca.crt') });

  it('is spoken with the certificate in the files, whose expiry is a metric', async () => {
    writeSecret(folder, server);
    const service = await listen(tls());
    expect(await call(service.port, { ca: authority.cert })).toMatchObject({ code: 200, server: 'server' });
    const expiry = Number(await metric(service, 'agent_gateway_hooks_certificate_expiry_timestamp_seconds'));
    expect(Math.abs(expiry - (Date.now() / 1000 + 3600))).toBeLessThan(120);
  });

  it('takes another certificate without a restart, also one that comes in two steps', async () => {
    writeSecret(folder, server);
    const service = await listen(tls());
    const renewed = await sign(authority, 'renewed', 3);
    writeFileSync(path.join(folder, 'tls.crt'), renewed.cert);
    const failures = () => metric(service, 'agent_gateway_hooks_reload_failures_total');
    await vi.waitFor(async () => expect(await failures()).toBe('1'), 10_000);
    expect(await call(service.port, { ca: authority.cert })).toMatchObject({ code: 200, server: 'server' });
    writeFileSync(path.join(folder, 'tls.key'), renewed.key);
    const called = () => call(service.port, { ca: authority.cert });
    await vi.waitFor(async () => expect(await called()).toMatchObject({ code: 200, server: 'renewed' }), 10_000);
    const expiry = Number(await metric(service, 'agent_gateway_hooks_certificate_expiry_timestamp_seconds'));
    expect(expiry - Date.now() / 1000).toBeGreaterThan(2 * 3600);
  });

  it('takes another certificate without a reset: an open connection is answered once more, and told to close', async () => {
    writeSecret(folder, server);
    const service = await listen(tls());
    const held = tlsConnect({ host: '127.0.0.1', port: service.port, ca: authority.cert });
    const head = `POST ${HOOK} HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n`;
    const whole = `${head}content-length: ${BODY.length}\r\n\r\n${BODY}`;
    held.write(whole);
    const first = await new Promise<string>((resolve) => held.once('data', (data) => resolve(String(data))));
    expect(first).toMatch(/^HTTP\/1\.1 200 .*\r\nconnection: keep-alive\r\n/is);
    writeSecret(folder, await sign(authority, 'renewed'));
    const called = () => call(service.port, { ca: authority.cert });
    await vi.waitFor(async () => expect(await called()).toMatchObject({ code: 200, server: 'renewed' }), 10_000);
    held.write(whole);
    expect(await text(held)).toMatch(/HTTP\/1\.1 200 .*\r\nconnection: close\r\n/is);
  });

  it('both ways lets in a caller with a certificate that fits, and tells when that expires', async () => {
    writeSecret(folder, server, authority);
    const service = await listen(mutual());
    expect(await call(service.port, { ca: authority.cert, ...client })).toMatchObject({ code: 200 });
    expect((await service.admin.inject('/metrics')).body).toMatch(/expiry_timestamp_seconds\{use="client"\} \d+/);
  });

  it.each(['none', "another authority's", 'an expired one'])(
    'both ways answers 401 to a caller with %s',
    async (own) => {
      writeSecret(folder, server, authority);
      const shown: Readonly<Record<string, Partial<Signed>>> = {
        "another authority's": await sign(await makeAuthority('authority'), 'client'),
        'an expired one': await sign(authority, 'client', -1),
      };
      const { port } = await listen(mutual());
      const { code, text } = await call(port, { ca: authority.cert, ...shown[own] });
      expect({ code, text }).toEqual(REFUSED);
    },
  );

  it('both ways refuses the callers of an authority that was replaced, also on a connection that they have', async () => {
    writeSecret(folder, server, authority);
    const { port } = await listen(mutual());
    const head = `POST ${HOOK} HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n`;
    const connected = () => tlsConnect({ host: '127.0.0.1', port, ca: authority.cert, ...client });
    const [held, idle] = [connected(), connected()];
    held.write(`${head}content-length: ${BODY.length}\r\n\r\n${BODY.slice(0, 9)}`);
    idle.write(`${head}content-length: ${BODY.length}\r\n\r\n${BODY}`);
    await new Promise((resolve) => idle.once('data', resolve));
    expect(await call(port, { ca: authority.cert, ...client })).toMatchObject({ code: 200 });
    writeFileSync(path.join(folder, 'ca.crt'), (await makeAuthority('next')).cert);
    const called = () => call(port, { ca: authority.cert, ...client });
    await vi.waitFor(async () => expect(await called()).toMatchObject(REFUSED), 10_000);
    // A call that had begun is answered, and none after it; an idle connection is answered 401.
    held.write(`${BODY.slice(9)}${head}content-length: 2\r\n\r\n{}`);
    const answers = await text(held);
    expect(answers).toMatch(/^HTTP\/1\.1 200 .*\r\nconnection: close\r\n/is);
    expect(answers.match(/HTTP\/1\.1/g)).toHaveLength(1);
    idle.write(`${head}content-length: 2\r\n\r\n{}`);
    expect(await text(idle)).toMatch(/HTTP\/1\.1 401 /);
  });

  it('and a token can both be asked for', async () => {
    writeSecret(folder, server, authority);
    const tokens = mkdtempSync(path.join(folder, 'tokens-'));
    writeFileSync(path.join(tokens, 'token'), 'first');
    const { port } = await listen({ ...mutual(), TOKEN_DIRECTORY: tokens });
    expect(await call(port, { ca: authority.cert, ...client })).toMatchObject(REFUSED);
  });

  it('is not waited for without end: a caller that does not begin it is cut', { timeout: 20_000 }, async () => {
    writeSecret(folder, server);
    const { port } = await listen(tls());
    const since = Date.now();
    const socket = connect(port, '127.0.0.1').on('error', () => undefined);
    await new Promise((resolve) => socket.on('close', resolve));
    expect(Date.now() - since).toBeLessThan(14_000);
  });

  it('keeps nobody out with idle connections, of which there are as many as there may be', async () => {
    writeSecret(folder, server);
    const { port } = await listen({ ...tls(), MAX_CONNECTIONS: '2' });
    const idle = Array.from({ length: 2 }, () => tlsConnect({ host: '127.0.0.1', port, ca: authority.cert }));
    await Promise.all(idle.map((socket) => new Promise((resolve) => socket.once('secureConnect', resolve))));
    expect(await call(port, { ca: authority.cert })).toMatchObject({ code: 200 });
    for (const socket of idle) {
      socket.destroy();
    }
  });

  it('with a certificate that has expired is not ready, and says why', async () => {
    writeSecret(folder, await sign(authority, 'server', -1));
    const { statusCode, body } = await testService(tls()).admin.inject('/readyz');
    expect({ statusCode, body }).toEqual({
      statusCode: 503,
      body: 'TLS_CERT_FILE: has expired, so no caller trusts it',
    });
  });

  it('goes by the certificate itself, not by others of its chain', async () => {
    const expired = await sign(authority, 'old', -1);
    writeSecret(folder, { ...server, cert: `${server.cert}\n${expired.cert}` }, authority);
    writeFileSync(path.join(folder, 'ca.crt'), `${expired.cert}\n${authority.cert}`);
    const { admin } = testService(mutual());
    expect((await admin.inject('/readyz')).statusCode).toBe(200);
    const { body } = await admin.inject('/metrics');
    for (const use of ['server', 'client_ca']) {
      const [, expiry] = new RegExp(`expiry_timestamp_seconds\\{use="${use}"\\} (\\d+)`).exec(body) ?? [];
      expect(Number(expiry)).toBeGreaterThan(Date.now() / 1000);
    }
  });

  it('counts and tells of callers that do not trust it', async () => {
    writeSecret(folder, server);
    const service = await listen(tls());
    await expect(call(service.port, { ca: (await makeAuthority('other')).cert })).rejects.toThrow();
    await vi.waitFor(async () => expect(await metric(service, 'agent_gateway_hooks_tls_failures_total')).toBe('1'));
    expect(service.lines).toContainEqual(expect.objectContaining({ level: 40, msg: 'a caller broke off TLS' }));
  });

  it('and the key of hashes are not in the log of the settings', async () => {
    writeSecret(folder, server);
    const keyFile = 'tests/support/reference-hash-key.txt';
    const { child, ended } = await startService({ ...tls(), REFERENCE_HASH_KEY_FILE: keyFile });
    child.kill('SIGTERM');
    child.kill('SIGTERM');
    const { stdout } = await ended;
    expect(stdout).toContain('"msg":"settings"');
    expect(stdout).not.toContain(readFileSync(keyFile, 'utf8').trim());
    expect(stdout).not.toContain(server.key.split('\n')[1]);
  });

  it.each<[string, () => Record<string, string>, RegExp]>([
    ['a folder of tokens that is not there', () => ({ TOKEN_DIRECTORY: '/nowhere' }), /^TOKEN_DIRECTORY: ENOENT/],
    [
      'a folder without a token',
      () => ({ TOKEN_DIRECTORY: mkdtempSync(path.join(folder, 'none-')) }),
      /^TOKEN_DIRECTORY: expected at least one file with a token\n$/,
    ],
    ['a certificate that is none', () => ({ ...tls(), TLS_CERT_FILE: '/dev/null' }), /^TLS_CERT_FILE, TLS_KEY_FILE/],
    ['a certificate without its key', () => ({ TLS_CERT_FILE: 'x' }), /^TLS_KEY_FILE: unset is not allowed while/],
    ['an authority without TLS', () => ({ TLS_CLIENT_CA_FILE: 'x' }), /^TLS_CERT_FILE: unset .*; TLS_KEY_FILE: unset/],
    [
      'a key of hashes without TLS',
      () => ({ REFERENCE_HASH_KEY_FILE: 'tests/support/reference-hash-key.txt' }),
      /^REFERENCE_HASH_KEY_FILE: needs TLS_CERT_FILE/,
    ],
  ])('the process does not start with %s', async (_case, variables, line) => {
    writeSecret(folder, server);
    const { code, stderr } = await runNode(['webhooks/main.ts'], { env: variables() });
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringMatching(line) });
  });
});
