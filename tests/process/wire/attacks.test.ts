import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BODY, HOOK } from '../../support/listening.ts';
import { sendRaw } from '../../support/raw-calls.ts';
import { killServices, type ServiceProcess, startService } from '../../support/service-process.ts';
import { ATTACKS } from '../../support/wire-attacks.ts';

let service: ServiceProcess;
beforeAll(async () => {
  service = await startService({ SHUTDOWN_DELAY_SECONDS: '0' });
});
afterAll(killServices);

const headers = { 'content-type': 'application/json' };

async function expectProperCalls(): Promise<void> {
  const hook = await fetch(`http://127.0.0.1:${service.port}${HOOK}`, { method: 'POST', headers, body: BODY });
  const admin = await fetch(`http://127.0.0.1:${service.adminPort}/healthz`);
  expect([hook.status, admin.status]).toEqual([200, 200]);
  await Promise.all([hook.arrayBuffer(), admin.arrayBuffer()]);
}

describe('raw bytes on a connection', () => {
  it('are at least 35 attacks', () => {
    expect(ATTACKS.length).toBeGreaterThanOrEqual(35);
  });

  it.each(ATTACKS)('cannot harm the service: $name', async ({ bytes, hooks, admin }) => {
    const [atHooks, atAdmin] = await Promise.all([sendRaw(service.port, bytes), sendRaw(service.adminPort, bytes)]);
    expect({ hooks: atHooks, admin: atAdmin }).toMatchObject({ hooks, admin });
    await expectProperCalls();
  });

  it('change nothing for a process that is stopped and continued in the middle of calls', async () => {
    const call = () => fetch(`http://127.0.0.1:${service.port}${HOOK}`, { method: 'POST', headers, body: BODY });
    const calls = Array.from({ length: 20 }, call);
    service.child.kill('SIGSTOP');
    calls.push(...Array.from({ length: 20 }, call));
    await wait(300);
    service.child.kill('SIGCONT');
    const codes = (await Promise.all(calls)).map(({ status }) => status);
    // While it was stopped, its event loop was delayed, which it answers with 429.
    expect(codes.filter((code) => code !== 200 && code !== 429)).toEqual([]);
    await wait(1500);
    await expectProperCalls();
  });

  it('leave a service that logged no error and ends at SIGTERM', async () => {
    service.child.kill('SIGTERM');
    const { code, stdout, stderr } = await service.ended;
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).not.toMatch(/"level":[56]0/);
  });
});
