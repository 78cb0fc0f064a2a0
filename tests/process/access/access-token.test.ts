import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { BODY, closeAll, HOOK, listen, metric, REFUSED } from '../../support/listening.ts';
import { testService } from '../../support/service.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'access-'));
});
afterEach(async () => {
  await closeAll();
  rmSync(folder, { recursive: true });
});

/** Writes files as the kubelet does for a Secret: into a new folder, to which it then moves the link `..data`. */
function mount(version: string, files: Readonly<Record<string, string>>): void {
  const own = path.join(folder, `..${version}`);
  mkdirSync(own);
  for (const [name, content] of Object.entries(files)) {
    writeFileSync(path.join(own, name), content);
  }
  symlinkSync(`..${version}`, path.join(folder, '..data_tmp'));
  renameSync(path.join(folder, '..data_tmp'), path.join(folder, '..data'));
  for (const name of Object.keys(files)) {
    rmSync(path.join(folder, name), { force: true });
    symlinkSync(`..data/${name}`, path.join(folder, name));
  }
}

describe('a bearer token', () => {
  const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

  it.each<[string, Record<string, string>]>([
    ['no authorization header', {}],
    ['another token', bearer('other')],
    ['a part of the token', bearer('firs')],
    ['the token and one more character', bearer('first!')],
    ['the token in another case', bearer('FIRST')],
    ['the token after another', bearer('other, Bearer first')],
    ['the token in quotes', bearer('"first"')],
    ['a token of 10,000 characters', bearer('first'.repeat(2000))],
    ['an empty token', { authorization: 'Bearer ' }],
    ['another scheme', { authorization: 'Basic first' }],
    ['the file name of the token', bearer('current')],
  ])('is required: a call with %s gets a 401 without a reason', async (_case, headers) => {
    mount('1', { current: 'first\n' });
    const service = testService({ TOKEN_DIRECTORY: folder });
    expect(await service.post(HOOK, BODY, headers)).toEqual(REFUSED);
    expect(await service.post('/no-such-hook', BODY, headers)).toEqual(REFUSED);
    expect(await service.post('/%zz', BODY, headers)).toEqual(REFUSED);
    expect(await metric(service, 'agent_gateway_hooks_unauthorized_total')).toBe('2');
    expect(service.lines).toMatchObject([{ code: 401 }, { code: 401 }]);
  });

  it('is checked before the body is read: without it the connection is closed', async () => {
    mount('1', { current: 'first' });
    const { port } = await listen({ TOKEN_DIRECTORY: folder });
    const socket = connect(port, '127.0.0.1');
    socket.write('POST /kaos-routes/sync HTTP/1.1\r\nhost: x\r\ncontent-length: 1000000\r\n\r\n{');
    expect(await text(socket)).toMatch(/^HTTP\/1\.1 401 .*\r\nconnection: close\r\n/is);
  });

  it.each(['two tokens', 'tökén', 'first\nsecond'])('is refused with the name of its file if it is %j', (content) => {
    mount('1', { current: content });
    expect(() => testService({ TOKEN_DIRECTORY: folder })).toThrow(
      /^TOKEN_DIRECTORY: .*\/current" is not a valid token; expected one token/,
    );
  });

  it('may be any of those in the folder, and is never logged', async () => {
    mount('1', { current: 'first\n', next: 'second' });
    const { post, lines } = testService({ TOKEN_DIRECTORY: folder });
    for (const token of ['first', 'second']) {
      expect((await post(HOOK, BODY, bearer(token))).code).toBe(200);
    }
    expect((await post(HOOK, BODY, { authorization: 'bearer first' })).code).toBe(200);
    expect(JSON.stringify(lines)).not.toMatch(/first|second/);
  });

  it('is not required at the admin port, nor without TOKEN_DIRECTORY', async () => {
    mount('1', { current: 'first' });
    const { admin } = testService({ TOKEN_DIRECTORY: folder });
    expect((await admin.inject('/readyz')).statusCode).toBe(200);
    expect((await testService().post(HOOK, BODY)).code).toBe(200);
  });

  it('is reloaded when it changes: the new one is accepted, the old one is refused', async () => {
    mount('1', { current: 'first' });
    const service = await listen({ TOKEN_DIRECTORY: folder });
    mount('2', { current: 'second' });
    await vi.waitFor(async () => expect((await service.post(HOOK, BODY, bearer('second'))).code).toBe(200), 10_000);
    expect(await service.post(HOOK, BODY, bearer('first'))).toEqual(REFUSED);
  });

  it('may be removed: every call is then refused, and the pod is not ready and says why', async () => {
    mount('1', { current: 'first' });
    const service = await listen({ TOKEN_DIRECTORY: folder });
    rmSync(path.join(folder, 'current'));
    await vi.waitFor(async () => {
      const { statusCode, body } = await service.admin.inject('/readyz');
      expect({ statusCode, body }).toEqual({
        statusCode: 503,
        body: 'TOKEN_DIRECTORY: contains no tokens, so every call is refused; expected at least one file with a token',
      });
    }, 10_000);
    expect(await service.post(HOOK, BODY, bearer('first'))).toEqual(REFUSED);
  });

  it('stays valid if its folder can no longer be read, which is counted once', async () => {
    mount('1', { current: 'first' });
    const service = await listen({ TOKEN_DIRECTORY: folder });
    renameSync(folder, `${folder}-away`);
    const failures = () => metric(service, 'agent_gateway_hooks_reload_failures_total');
    await vi.waitFor(async () => expect(await failures()).toBe('1'), 10_000);
    expect((await service.post(HOOK, BODY, bearer('first'))).code).toBe(200);
    renameSync(`${folder}-away`, folder);
  });
});
