import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { configFiles, SETTINGS_FOLDER } from '../../../controllers/agent-gateway/children/config-files.ts';
import type { KrakendFiles } from '../../../controllers/agent-gateway/krakend/krakend-files.ts';
import { type Need, needing } from '../../support/needing.ts';
import { finished } from '../../support/run.ts';
import type { MemoryGroup } from './memory.ts';
import { part } from './parts.ts';
import type { Image } from './pods.ts';
import { freePort, type Running, ready, start } from './processes.ts';

export const { KRAKEND = '' } = process.env;
const { KRAKEND_PLUGINS = '', PATH = '' } = process.env;

/** KrakenD and the plugins of its image are in no package registry. */
const KRAKEND_NEEDS: readonly Need[] = [
  { name: 'KRAKEND', found: KRAKEND !== '' },
  { name: 'KRAKEND_PLUGINS', found: KRAKEND_PLUGINS !== '' },
];

/** Whether this machine has KrakenD with its plugins. */
export const HAS_KRAKEND = KRAKEND_NEEDS.every(({ found }) => found);

/** Skips tests of KrakenD's plugins, telemetry or memory where there is no KrakenD. Other tests run with its libraries there. */
export const withKrakend = needing(...KRAKEND_NEEDS);

let program = KRAKEND;

/** KrakenD; where it is missing, the program of its libraries, which ignores plugins and telemetry. */
function krakendProgram(): string {
  program ||= part('krakend-core');
  return program;
}

export type Environment = Readonly<Record<string, string>>;

/** The text of a `krakend.json`, or all files of a configuration. */
type Configuration = string | KrakendFiles;

/** The variables and the files with which a configuration is read in a folder of its own, by their paths. */
function local(configuration: Configuration, port?: number) {
  const files = typeof configuration === 'string' ? { krakendJson: configuration, settings: [] } : configuration;
  const all = configFiles({ name: 'gw' }, files).map(({ path: place, text }, index) => [
    place,
    index === 0 && port !== undefined ? localConfig(text, port) : text,
  ]);
  return {
    files: Object.fromEntries(all) as Readonly<Record<string, string>>,
    environment: files.settings.length === 0 ? {} : { FC_SETTINGS: path.basename(SETTINGS_FOLDER) },
  };
}

function writeFiles(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [place, text] of Object.entries(files)) {
    mkdirSync(path.join(folder, path.dirname(place)), { recursive: true });
    writeFileSync(path.join(folder, place), text);
  }
}

/** Adapts our `krakend.json` to this machine: changes only the plugin folder and the port. */
function localConfig(krakendJson: string, port: number): string {
  return krakendJson
    .replace('"port":8080', `"port":${port}`)
    .replace('"folder":"/unleash/tentacles/"', `"folder":"${path.resolve(KRAKEND_PLUGINS)}/"`);
}

/** Gives KrakenD no other variables, as in a pod: it reads all that begin with KRAKEND_ as configuration. */
function withEnvironment(environment: Environment): string[] {
  const variables = Object.entries({ PATH, FC_ENABLE: '1', GIN_MODE: 'release', USAGE_DISABLE: '1', ...environment });
  return ['-i', ...variables.map(([name, value]) => `${name}=${value}`)];
}

/** Why `krakend check -t` refuses a configuration. Empty if it accepts the configuration. */
export async function whyRefused(configuration: Configuration, environment: Environment = {}): Promise<string> {
  const folder = mkdtempSync(path.join(tmpdir(), 'krakend-check-'));
  try {
    const { files, environment: own } = local(configuration, 8080);
    writeFiles(folder, files);
    const args = [
      ...withEnvironment({ ...environment, ...own }),
      krakendProgram(),
      'check',
      '-t',
      '-c',
      'krakend.json',
    ];
    const { code, stdout, stderr } = await finished(
      spawn('env', args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] }),
    );
    return code === 0 ? '' : `ended with ${code}: ${stdout}${stderr}`;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The configuration that KrakenD reads once it has filled in the template. */
export async function renderedConfig(configuration: Configuration): Promise<unknown> {
  const folder = mkdtempSync(path.join(tmpdir(), 'krakend-rendered-'));
  try {
    const { files, environment } = local(configuration);
    writeFiles(folder, files);
    const args = [
      ...withEnvironment({ FC_OUT: 'rendered.json', ...environment }),
      krakendProgram(),
      'check',
      '-c',
      'krakend.json',
    ];
    await finished(spawn('env', args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] }));
    return JSON.parse(readFileSync(path.join(folder, 'rendered.json'), 'utf8'));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** KrakenD, or the program of its libraries, in place of KrakenD's image: it listens at the pod's address alone. */
export function krakendImage(network: Environment): (ip: string) => Image {
  const replaced = (ip: string) =>
    `s|"port":8080|"listen_ip":"${ip}","port":8080|; s|/unleash/tentacles/|${path.resolve(KRAKEND_PLUGINS)}/|`;
  const script = 'sed -i "$1" krakend.json && exec "$2" run -c krakend.json';
  return (ip) => ({
    command: ['sh', '-c', script, 'sh', replaced(ip), krakendProgram()],
    env: { PATH, GIN_MODE: 'release', USAGE_DISABLE: '1', ...network },
  });
}

export interface Krakend {
  readonly url: string;
  readonly processId: number;
  readonly running: Running;
}

/** Writes its process id into a file and into the one that is named first, and becomes the program that is named next. */
const JOIN = 'echo $$ >process-id; [ -z "$0" ] || echo $$ >"$0"; exec "$@"';

/** Starts a KrakenD with a configuration and, if there is one, in a memory group. */
export async function startKrakend(
  configuration: Configuration,
  environment: Environment = {},
  memory?: MemoryGroup,
): Promise<Krakend> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const { files, environment: own } = local(configuration, port);
  const krakend = [
    'env',
    ...withEnvironment({ ...environment, ...own }),
    krakendProgram(),
    'run',
    '-c',
    'krakend.json',
  ];
  const args = ['-c', JOIN, memory?.processes ?? '', ...krakend];
  const running = start('sh', args, files);
  await ready(running, async () => (await fetch(`${url}/__health`)).ok);
  const processId = Number(readFileSync(path.join(running.folder, 'process-id'), 'utf8'));
  return { url, processId, running };
}
