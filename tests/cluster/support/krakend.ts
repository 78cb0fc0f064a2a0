import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { needing } from '../../support/needing.ts';
import { finished } from '../../support/run.ts';
import { freePort, type Running, ready, start } from './processes.ts';

const { KRAKEND = '', KRAKEND_PLUGINS = '', PATH = '' } = process.env;

/** For the tests that run KrakenD; it and the plugins of its image are in no registry. */
export const withKrakend = needing(
  { name: 'KRAKEND', found: KRAKEND !== '' },
  { name: 'KRAKEND_PLUGINS', found: KRAKEND_PLUGINS !== '' },
);

export type Environment = Readonly<Record<string, string>>;

/** A `krakend.json` of ours for this machine: only the folder of the plugins and the port are others. */
function localConfig(krakendJson: string, port: number): string {
  return krakendJson
    .replace('"port":8080', `"port":${port}`)
    .replace('"folder":"/unleash/tentacles/"', `"folder":"${path.resolve(KRAKEND_PLUGINS)}/"`);
}

/** As in a pod KrakenD has no other environment: it takes what begins with KRAKEND_ for its configuration. */
function withEnvironment(environment: Environment): string[] {
  const variables = Object.entries({ PATH, FC_ENABLE: '1', GIN_MODE: 'release', USAGE_DISABLE: '1', ...environment });
  return ['-i', ...variables.map(([name, value]) => `${name}=${value}`)];
}

/** What `krakend check -t` has against a configuration; empty where it would start. */
export async function whyRefused(krakendJson: string, environment: Environment = {}): Promise<string> {
  const folder = mkdtempSync(path.join(tmpdir(), 'krakend-check-'));
  try {
    writeFileSync(path.join(folder, 'krakend.json'), localConfig(krakendJson, 8080));
    const args = [...withEnvironment(environment), KRAKEND, 'check', '-t', '-c', 'krakend.json'];
    const { code, stdout, stderr } = await finished(spawn('env', args, { cwd: folder }));
    return code === 0 ? '' : `ended with ${code}: ${stdout}${stderr}`;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export interface Krakend {
  readonly url: string;
  readonly running: Running;
}

/** A KrakenD that serves a configuration. */
export async function startKrakend(krakendJson: string, environment: Environment = {}): Promise<Krakend> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const args = [...withEnvironment(environment), KRAKEND, 'run', '-c', 'krakend.json'];
  const running = start('env', args, { 'krakend.json': localConfig(krakendJson, port) });
  await ready(running, async () => (await fetch(`${url}/__health`)).ok);
  return { url, running };
}
