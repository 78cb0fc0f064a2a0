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
  /** The common name in the server's certificate. */
  readonly server: string;
}

/** Makes one call to the service over TLS, on a new connection. */
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

  it('uses the certificate in the files and exports its expiry as a metric', async () => {
    writeSecret(folder, server);
    const service = await listen(tls());
    expect(await call(service.port, { ca: authority.cert })).toMatchObject({ code: 200, server: 'server' });
    const expiry = Number(await metric(service, 'agent_gateway_hooks_certificate_expiry_timestamp_seconds'));
    expect(Math.abs(expiry - (Date.now() / 1000 + 3600))).toBeLessThan(120);
  });

  it('reloads a certificate without a restart, even if the key changes later than the certificate', async () => {
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

  it('answers an open connection once more after a reload, with connection: close', async () => {
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

  it('accepts a caller with a valid client certificate and exports its expiry as a metric', async () => {
    writeSecret(folder, server, authority);
    const service = await listen(mutual());
    expect(await call(service.port, { ca: authority.cert, ...client })).toMatchObject({ code: 200 });
    expect((await service.admin.inject('/metrics')).body).toMatch(/expiry_timestamp_seconds\{use="client"\} \d+/);
  });

  it.each(['none', "another authority's", 'an expired one'])(
    'answers 401 to a caller with this client certificate: %s',
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

  it('refuses callers whose CA was replaced, even on open connections', async () => {
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

  it('can be required together with a token', async () => {
    writeSecret(folder, server, authority);
    const tokens = mkdtempSync(path.join(folder, 'tokens-'));
    writeFileSync(path.join(tokens, 'token'), 'first');
    const { port } = await listen({ ...mutual(), TOKEN_DIRECTORY: tokens });
    expect(await call(port, { ca: authority.cert, ...client })).toMatchObject(REFUSED);
  });

  it('closes the connection of a caller that does not start the handshake', { timeout: 20_000 }, async () => {
    writeSecret(folder, server);
    const { port } = await listen(tls());
    const since = Date.now();
    const socket = connect(port, '127.0.0.1').on('error', () => undefined);
    await new Promise((resolve) => socket.on('close', resolve));
    expect(Date.now() - since).toBeLessThan(14_000);
  });

  it('accepts a call if idle connections have reached the limit', async () => {
    writeSecret(folder, server);
    const { port } = await listen({ ...tls(), MAX_CONNECTIONS: '2' });
    const idle = Array.from({ length: 2 }, () => tlsConnect({ host: '127.0.0.1', port, ca: authority.cert }));
    await Promise.all(idle.map((socket) => new Promise((resolve) => socket.once('secureConnect', resolve))));
    expect(await call(port, { ca: authority.cert })).toMatchObject({ code: 200 });
    for (const socket of idle) {
      socket.destroy();
    }
  });

  it('makes the pod not ready if the certificate has expired, and says why', async () => {
    writeSecret(folder, await sign(authority, 'server', -1));
    const { statusCode, body } = await testService(tls()).admin.inject('/readyz');
    expect({ statusCode, body }).toEqual({
      statusCode: 503,
      body: 'TLS_CERT_FILE: the certificate has expired, so callers do not trust it; renew it',
    });
  });

  it('checks the expiry of the first certificate in a file only', async () => {
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

  it('counts and logs callers that do not trust the certificate', async () => {
    writeSecret(folder, server);
    const service = await listen(tls());
    await expect(call(service.port, { ca: (await makeAuthority('other')).cert })).rejects.toThrow();
    await vi.waitFor(async () => expect(await metric(service, 'agent_gateway_hooks_tls_failures_total')).toBe('1'));
    expect(service.lines).toContainEqual(expect.objectContaining({ level: 'warn', msg: 'TLS handshake failed' }));
  });

  it('keeps its key and the key for hashes out of the logged settings', async () => {
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

  it('logs no key for hashes if none is set', async () => {
    const { child, ended } = await startService({});
    child.kill('SIGTERM');
    child.kill('SIGTERM');
    const { stdout } = await ended;
    expect(stdout).toContain('"msg":"settings"');
    expect(stdout).not.toContain('referenceHashKey');
    expect(stdout).not.toContain('Redacted');
  });

  it.each<[string, () => Record<string, string>, RegExp]>([
    [
      'a token folder that does not exist',
      () => ({ TOKEN_DIRECTORY: '/nowhere' }),
      /^TOKEN_DIRECTORY: "\/nowhere" does not exist; expected the path of a folder with at least one file\n$/,
    ],
    [
      'a token folder that is a file',
      () => ({ TOKEN_DIRECTORY: '/dev/null' }),
      /^TOKEN_DIRECTORY: "\/dev\/null" is not a folder; expected the path of a folder/,
    ],
    [
      'a token that is not valid',
      () => {
        const tokens = mkdtempSync(path.join(folder, 'tokens-'));
        writeFileSync(path.join(tokens, 'two'), 'one two');
        return { TOKEN_DIRECTORY: tokens };
      },
      /^TOKEN_DIRECTORY: ".*\/two" is not a valid token; expected one token of ASCII characters without spaces\n$/,
    ],
    [
      'a token folder without a token',
      () => ({ TOKEN_DIRECTORY: mkdtempSync(path.join(folder, 'none-')) }),
      /^TOKEN_DIRECTORY: ".*\/none-.*" contains no tokens; expected the path of a folder with at least one file\n$/,
    ],
    [
      'an empty certificate file',
      () => ({ ...tls(), TLS_CERT_FILE: '/dev/null' }),
      /^TLS_CERT_FILE: "\/dev\/null" is not a certificate in PEM; expected the path of a file\n$/,
    ],
    [
      'a certificate that does not exist',
      () => ({ ...tls(), TLS_CERT_FILE: '/nope' }),
      /^TLS_CERT_FILE: "\/nope" does not exist; expected the path of a file\n$/,
    ],
    [
      'a folder for a key',
      () => ({ ...tls(), TLS_KEY_FILE: folder }),
      /^TLS_KEY_FILE: ".*" is a folder; expected the path of a file\n$/,
    ],
    [
      'a certificate for a key',
      () => ({ ...tls(), TLS_KEY_FILE: tls().TLS_CERT_FILE }),
      /^TLS_KEY_FILE: ".*" is not a private key in PEM without a passphrase; expected the path of a file\n$/,
    ],
    [
      'the key of another certificate',
      () => {
        writeFileSync(path.join(folder, 'other.key'), authority.key);
        return { ...tls(), TLS_KEY_FILE: path.join(folder, 'other.key') };
      },
      /^TLS_KEY_FILE: ".*other.key" does not belong to the certificate in .*tls.crt; expected the path of a file\n$/,
    ],
    [
      'a key for a client CA',
      () => ({ ...tls(), TLS_CLIENT_CA_FILE: tls().TLS_KEY_FILE }),
      /^TLS_CLIENT_CA_FILE: ".*" is not a certificate in PEM; expected the path of a file\n$/,
    ],
    ['a certificate without its key', () => ({ TLS_CERT_FILE: 'x' }), /^TLS_KEY_FILE: is required if TLS_CERT_FILE/],
    [
      'a client CA without TLS',
      () => ({ TLS_CLIENT_CA_FILE: 'x' }),
      /^TLS_CERT_FILE: is required .*; TLS_KEY_FILE: is required/,
    ],
    [
      'a key for hashes without TLS',
      () => ({ REFERENCE_HASH_KEY_FILE: 'tests/support/reference-hash-key.txt' }),
      /^REFERENCE_HASH_KEY_FILE: needs TLS_CERT_FILE/,
    ],
  ])('does not let the process start with %s', async (_case, variables, line) => {
    writeSecret(folder, server);
    const { code, stderr } = await runNode(['webhooks/main.ts'], { env: variables() });
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringMatching(line) });
  });
});
