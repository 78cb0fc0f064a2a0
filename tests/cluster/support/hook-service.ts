import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ROOT } from '../../support/run.ts';
import { freePort, ready, start } from './processes.ts';

/** The real process of the service. */
export interface HookService {
  /** The folder in which it runs. */
  readonly folder: string;
  /** The number of answers by hook and code, such as `kaos-routes sync 200`. */
  readonly calls: () => Promise<Record<string, number>>;
  /** Kills it at once, even during calls. */
  readonly kill: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** Starts it at a port, with the settings of its chart. */
export async function startHookService(port: number, settings: Readonly<Record<string, string>>): Promise<HookService> {
  const adminPort = await freePort();
  const command = ['-c', 'echo $$ >pid; exec "$@"', 'sh', process.execPath, path.join(ROOT, 'webhooks/main.ts')];
  const ports = { HOST: '127.0.0.1', PORT: String(port), ADMIN_PORT: String(adminPort) };
  const running = start('sh', command, {}, { ...settings, ...ports });
  const admin = `http://127.0.0.1:${adminPort}`;
  await ready(running, async () => (await fetch(`${admin}/readyz`)).ok);
  const kill = async () => {
    process.kill(Number(readFileSync(path.join(running.folder, 'pid'), 'utf8')), 'SIGKILL');
    while (existsSync(running.folder)) {
      await sleep(20);
    }
  };
  const calls = async () => callsIn(await (await fetch(`${admin}/metrics`)).text());
  return { folder: running.folder, calls, kill, stop: running.stop };
}

const CALLS = /^agent_gateway_hooks_calls_total\{controller="(.*)",hook="(.*)",code="(.*)"\} (\d+)$/gm;

function callsIn(metrics: string): Record<string, number> {
  return Object.fromEntries(
    [...metrics.matchAll(CALLS)].map(([, controller, hook, code, count]) => [
      `${controller} ${hook} ${code}`,
      Number(count),
    ]),
  );
}
