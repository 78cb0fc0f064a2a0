import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { callerAddress } from '../../../webhooks/authentication/caller-address.ts';
import { BODY, HOOK } from '../../support/listening.ts';
import { needing } from '../../support/needing.ts';
import { runNode } from '../../support/run.ts';
import { testService } from '../../support/service.ts';
import { killServices, type ServiceProcess, startService } from '../../support/service-process.ts';

afterEach(killServices);

const hasIpv6 = Object.values(networkInterfaces()).some((all) => all?.some(({ family }) => family === 'IPv6'));
const ipv6 = needing({ name: 'IPv6', found: hasIpv6 });
const python = needing(
  { name: 'Linux', found: process.platform === 'linux' },
  { name: 'python3 on PATH', found: spawnSync('python3', ['--version']).status === 0 },
);

/** The codes of a hook and of readiness at an address; undefined where nothing listens. */
async function codesAt(address: string, { port, adminPort }: ServiceProcess) {
  const call = { method: 'POST', body: BODY, headers: { 'content-type': 'application/json' } };
  const hook = fetch(`http://${address}:${port}${HOOK}`, call);
  const ready = fetch(`http://${address}:${adminPort}/readyz`);
  const codes = await Promise.allSettled([hook, ready]);
  return codes.map((code) => (code.status === 'fulfilled' ? code.value.status : undefined));
}

describe('HOST', () => {
  ipv6.it.each([
    ['::', { '127.0.0.1': 200, '[::1]': 200 }],
    ['::1', { '127.0.0.1': undefined, '[::1]': 200 }],
    ['0.0.0.0', { '127.0.0.1': 200, '[::1]': undefined }],
  ] as const)('%s: both ports answer on %j', async (HOST, expected) => {
    const service = await startService({ HOST });
    for (const [address, code] of Object.entries(expected)) {
      expect(await codesAt(address, service), address).toEqual([code, code]);
    }
  });

  const without = ['python3', 'tests/support/without-ipv6.py'];
  python.it('::, on a machine without IPv6: both ports answer on IPv4', async () => {
    const service = await startService({ HOST: '::' }, [], { through: without });
    expect(await codesAt('127.0.0.1', service)).toEqual([200, 200]);
  });

  python.it('::1, on a machine without IPv6: the service ends and says why', async () => {
    const env = { HOST: '::1', PORT: '0', ADMIN_PORT: '0' };
    const { code, stderr } = await runNode(['webhooks/main.ts'], { env, through: without });
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: expect.stringMatching(/^HOST, PORT: cannot listen on "::1", port 0: .*EAFNOSUPPORT.*\n$/),
    });
  });

  ipv6.it('::, with a port in use: the service ends and does not look for another family', async () => {
    const { port } = await startService({ HOST: '::' });
    const { code, stderr } = await runNode(['webhooks/main.ts'], { env: { PORT: `${port}`, ADMIN_PORT: '0' } });
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: expect.stringMatching(new RegExp(`^HOST, PORT: cannot listen on "::", port ${port}: .*EADDRINUSE`)),
    });
  });
});

describe('the address of a caller', () => {
  it.each([
    ['::ffff:10.0.0.7', '10.0.0.7'],
    ['::FFFF:10.0.0.7', '10.0.0.7'],
    ['10.0.0.7', '10.0.0.7'],
    ['fd00:10:96::1', 'fd00:10:96::1'],
    ['::1', '::1'],
    ['::ffff:1', '::ffff:1'],
    [undefined, undefined],
  ])('%s is %s', (remoteAddress, expected) => {
    expect(callerAddress({ remoteAddress })).toBe(expected);
  });

  ipv6.it('is that of IPv4 in the log of a server that listens on both families', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'families-'));
    writeFileSync(path.join(folder, 'token'), 'secret');
    const { hooks, lines } = testService({ TOKEN_DIRECTORY: folder });
    const { port } = new URL(await hooks.listen({ host: '::', port: 0 }));
    for (const address of ['127.0.0.1', '[::1]']) {
      expect((await fetch(`http://${address}:${port}${HOOK}`, { method: 'POST' })).status).toBe(401);
    }
    const refused = lines.filter(({ msg }) => msg === 'unauthorized').map(({ remoteAddress }) => remoteAddress);
    expect(refused).toEqual(['127.0.0.1', '::1']);
    await hooks.close();
    rmSync(folder, { recursive: true });
  });

  ipv6.it('counts for the limit of connections on a server that listens on both families', async () => {
    const { admin, hooks } = testService({ MAX_CONNECTIONS: '20' });
    const { port } = new URL(await admin.listen({ host: '::', port: 0 }));
    const idle = async (host: string) => {
      const socket = connect({ port: Number(port), host }).on('error', () => undefined);
      socket.write('GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n');
      await new Promise((resolve) => socket.once('data', resolve).once('close', resolve));
      return socket;
    };
    const first = await idle('::1');
    const others = await Promise.all(Array.from({ length: 60 }, () => idle('127.0.0.1')));
    expect(first.destroyed).toBe(false);
    expect(others.filter(({ destroyed }) => !destroyed).length).toBeLessThanOrEqual(19);
    for (const socket of [first, ...others]) {
      socket.destroy();
    }
    await Promise.all([admin.close(), hooks.close()]);
  });
});
