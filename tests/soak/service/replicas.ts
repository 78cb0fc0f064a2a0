import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { messageOf } from '../../../controllers/data/quote.ts';
import { repeat } from '../../local-cluster/repeat.ts';
import { processMemory } from '../../support/process-memory.ts';
import { type Ran, ROOT, startNode } from '../../support/run.ts';
import { HEAP_FLAG, portsOf, type ServiceProcess } from '../../support/service-process.ts';

/** The replicas of the service, and what can happen to them. Each function returns once the replica is well again. */
export interface Replicas {
  /** The port of a ready replica, in turn; undefined if there is none. */
  readonly next: () => number | undefined;
  readonly kill: (index: number, downMs: number) => Promise<void>;
  /** Ends it as the kubelet does, and starts it again. */
  readonly restart: (index: number) => Promise<void>;
  /** Stops it where it is, as a node without processor time does, and lets it go on later. */
  readonly pause: (index: number, ms: number) => Promise<void>;
  readonly stepClock: (index: number, offsetMs: number) => void;
  /** The memory of each replica in MB; undefined while it is not there. */
  readonly memory: () => readonly (number | undefined)[];
  readonly areReady: () => boolean;
  readonly stop: () => Promise<void>;
}

interface Replica {
  readonly process: ServiceProcess;
  ready: boolean;
}

interface Options {
  readonly count: number;
  readonly folder: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Gets each line of the log of a replica. */
  readonly heard: (index: number, line: string) => void;
}

const PROBE_MS = 1000;
const CLOCK = path.join(ROOT, 'tests/soak/service/clock.ts');

export async function startReplicas(options: Options): Promise<Replicas> {
  const indices = Array.from({ length: options.count }, (_, index) => index);
  const all: (Replica | undefined)[] = await Promise.all(indices.map((index) => startReplica(index, options, 0)));
  // If the run is broken off, the replicas must not go on without it.
  process.once('exit', () => {
    for (const replica of all) {
      replica?.process.child.kill('SIGKILL');
    }
  });
  const probing = repeat(() => probe(all), failed, PROBE_MS);
  let turn = 0;
  const gone = async (index: number, signal: 'SIGKILL' | 'SIGTERM') => {
    const { process } = there(all, index);
    const closed = once(process.child, 'close');
    process.child.kill(signal);
    await closed;
    all[index] = undefined;
  };
  const again = async (index: number) => {
    all[index] = await startReplica(index, options, 0);
  };
  return {
    next: () => {
      const ready = all.filter((replica) => replica?.ready);
      turn += 1;
      return ready[turn % ready.length]?.process.port;
    },
    kill: async (index, downMs) => {
      await gone(index, 'SIGKILL');
      await wait(downMs);
      await again(index);
    },
    restart: async (index) => {
      await gone(index, 'SIGTERM');
      await again(index);
    },
    pause: async (index, ms) => {
      const { child } = there(all, index).process;
      child.kill('SIGSTOP');
      await wait(ms);
      child.kill('SIGCONT');
    },
    stepClock: (index, offsetMs) => writeFileSync(clockFile(options.folder, index), `${offsetMs}`),
    memory: () => all.map((replica) => replica && residentMb(replica.process)),
    areReady: () => all.every((replica) => replica?.ready),
    stop: async () => {
      await probing.stop();
      await Promise.all(indices.map((index) => all[index] && gone(index, 'SIGKILL')));
    },
  };
}

function there(all: readonly (Replica | undefined)[], index: number): Replica {
  const replica = all[index];
  if (replica === undefined) {
    throw new Error(`replica ${index} is not there`);
  }
  return replica;
}

function clockFile(folder: string, index: number): string {
  return path.join(folder, `clock-${index}`);
}

async function startReplica(index: number, options: Options, offsetMs: number): Promise<Replica> {
  const file = clockFile(options.folder, index);
  writeFileSync(file, `${offsetMs}`);
  const ports = { HOST: '127.0.0.1', PORT: '0', ADMIN_PORT: '0', SHUTDOWN_DELAY_SECONDS: '2', SOAK_CLOCK_FILE: file };
  const child = startNode([HEAP_FLAG, '--import', CLOCK, 'webhooks/main.ts'], {
    env: { NODE_ENV: 'production', ...options.environment, ...ports },
  });
  let last = '';
  for (const stream of [child.stdout, child.stderr]) {
    if (stream) {
      createInterface(stream).on('line', (line) => {
        last = line;
        options.heard(index, line);
      });
    }
  }
  const ended = once(child, 'close').then(
    ([code]): Ran => ({ code, stdout: '', stderr: `replica ${index} ended before it listened: ${last}` }),
  );
  return { process: { child, ended, ...(await portsOf(child, ended)) }, ready: false };
}

/** As the kubelet does: a replica gets no new connections while its probe fails. */
async function probe(all: readonly (Replica | undefined)[]): Promise<void> {
  await Promise.all(
    all.map(async (replica) => {
      if (replica !== undefined) {
        const signal = AbortSignal.timeout(PROBE_MS);
        const url = `http://127.0.0.1:${replica.process.adminPort}/readyz`;
        replica.ready = await fetch(url, { signal }).then(
          ({ ok }) => ok,
          () => false,
        );
      }
    }),
  );
}

function residentMb({ child }: ServiceProcess): number | undefined {
  const mb = processMemory(child.pid, 'VmRSS') / 1e6;
  return Number.isNaN(mb) ? undefined : mb;
}

function failed(error: unknown): void {
  process.stderr.write(`the probes: ${messageOf(error)}\n`);
}
