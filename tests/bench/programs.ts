import { once } from 'node:events';
import { processMemory } from '../support/process-memory.ts';
import { finished, runNode, startNode } from '../support/run.ts';
import { portsOf, type ServiceProcess } from '../support/service-process.ts';
import { VARIABLES } from './calls.ts';

const PROGRAMS = { own: 'build/main.js', floor: 'tests/bench/floor-server.ts' } as const;

/** This service as its image has it, and the least one. */
export type Which = keyof typeof PROGRAMS;

/** As in the image, where no compiled code is kept between starts, and the log goes to a file descriptor that is read. */
const ENVIRONMENT = {
  ...VARIABLES,
  ADMIN_PORT: '0',
  HOST: '127.0.0.1',
  NODE_DISABLE_COMPILE_CACHE: '1',
  NODE_ENV: 'production',
  PORT: '0',
};

let building: Promise<void> | undefined;

/** Makes the files that the image has, once. */
export async function bundled(): Promise<void> {
  building ??= build();
  await building;
}

async function build(): Promise<void> {
  const { code, stderr } = await runNode(['.ci/build/main.ts']);
  if (code !== 0) {
    throw new Error(stderr);
  }
}

/** Starts a program and waits until its readiness probe is answered. */
export async function startProgram(which: Which, nodeFlags: readonly string[] = []): Promise<ServiceProcess> {
  await bundled();
  const child = startNode([...nodeFlags, PROGRAMS[which]], { env: ENVIRONMENT });
  const ended = finished(child);
  const ports = await portsOf(child, ended);
  const { status } = await fetch(`http://127.0.0.1:${ports.adminPort}/readyz`);
  if (status !== 200) {
    throw new Error(`${PROGRAMS[which]} is not ready: ${status}`);
  }
  return { child, ended, ...ports };
}

/** Ends a program and waits until it is gone, so that it takes no time from the next measurement. */
export async function endProgram({ child }: ServiceProcess): Promise<void> {
  const closed = once(child, 'close');
  child.kill('SIGKILL');
  await closed;
}

/** The most memory that a process had, and what it has now, in MB; both undefined where the system does not tell them. */
export function memoryOf({ child }: ServiceProcess): { readonly peak: number; readonly now: number } | undefined {
  const mb = (figure: 'VmHWM' | 'VmRSS') => processMemory(child.pid, figure) / 1e6;
  return process.platform === 'linux' ? { peak: mb('VmHWM'), now: mb('VmRSS') } : undefined;
}
