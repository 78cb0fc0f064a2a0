import { spawnSync } from 'node:child_process';
import { XDS_PORT } from '../cluster/support/envoy-gateway.ts';
import { isDownloaded } from '../cluster/support/modules.ts';
import { isToBuild } from '../cluster/support/parts.ts';
import { canListen } from '../cluster/support/processes.ts';
import { USED_MODULES, USED_PARTS } from './parts.ts';

/** The port of the gateway: PLAYGROUND_PORT, or 8888. */
export const PORT = Number(process.env['PLAYGROUND_PORT'] || 8888);
/** Envoy listens at its port on all addresses, so it cannot be a port of pods. */
const PORTS_OF_PODS = [8000, 8080, 9090];

/** A line for each thing that the playground needs and does not have, with what to do. */
export async function missing(): Promise<readonly string[]> {
  const lines = [platform(), python(), go(), ...(await ports())];
  return lines.filter((line) => line !== undefined);
}

function platform(): string | undefined {
  return process.platform === 'linux'
    ? undefined
    : `this machine runs ${process.platform}; the playground needs Linux, where each pod gets an address of the loopback. With docker use \`npm run kind\``;
}

function python(): string | undefined {
  const isNewEnough = 'import sys, pip; sys.exit(sys.version_info < (3, 11))';
  return succeeds('python3', '-c', isNewEnough)
    ? undefined
    : 'python3 is not on PATH, is older than 3.11, or has no pip; install Python 3.11 or later with pip';
}

/** Go is needed only to build what is not in the cache. */
function go(): string | undefined {
  const wanted = [...USED_PARTS.filter(isToBuild), ...USED_MODULES.filter((name) => !isDownloaded(name))];
  return wanted.length === 0 || succeeds('go', 'version')
    ? undefined
    : `go is not on PATH; install it from https://go.dev/dl, to build once: ${wanted.join(', ')}`;
}

async function ports(): Promise<readonly string[]> {
  if (!(Number.isInteger(PORT) && PORT > 0 && PORT < 65_536) || PORTS_OF_PODS.includes(PORT)) {
    return [
      `PLAYGROUND_PORT is not a valid port; set it to a number from 1 to 65535, but not ${PORTS_OF_PODS.join(', ')}`,
    ];
  }
  const gateway = `port ${PORT} is in use; choose another one: PLAYGROUND_PORT=8889 npm run playground`;
  const envoy = `port ${XDS_PORT}, which Envoy Gateway needs, is in use, maybe by another playground; stop that one first`;
  const isFree = await Promise.all([PORT, XDS_PORT].map(canListen));
  return [gateway, envoy].filter((_, index) => !isFree[index]);
}

export function succeeds(program: string, ...args: readonly string[]): boolean {
  return spawnSync(program, args, { stdio: 'ignore' }).status === 0;
}
