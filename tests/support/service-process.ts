import type { ChildProcess } from 'node:child_process';
import { finished, type Options, type Ran, startNode } from './run.ts';

/** Fastify writes a line for each address of the machine if a server listens on 0.0.0.0. */
const LISTENING = /Server listening at https?:\/\/(?:127\.0\.0\.1|\[::1?\]):(\d+)/g;

export interface ServiceProcess {
  readonly child: ChildProcess;
  readonly port: number;
  readonly adminPort: number;
  readonly ended: Promise<Ran>;
}

/** What V8 takes for its heap in a container of the chart's 1 GiB. */
export const HEAP_FLAG = '--max-old-space-size=512';

const started: ChildProcess[] = [];

interface Program extends Pick<Options, 'cwd' | 'node' | 'through'> {
  /** The arguments of Node that start another service than that of the sources. */
  readonly program?: readonly string[];
}

/** Starts the real process on free ports and waits until it listens on both. */
export async function startService(
  env: Readonly<Record<string, string>> = {},
  nodeFlags: readonly string[] = [],
  { program = ['webhooks/main.ts'], ...options }: Program = {},
): Promise<ServiceProcess> {
  const child = startNode([...nodeFlags, ...program], {
    env: { HOST: '127.0.0.1', PORT: '0', ADMIN_PORT: '0', ...env },
    ...options,
  });
  started.push(child);
  const ended = finished(child);
  return { child, ended, ...(await portsOf(child, ended)) };
}

/** Waits until a service listens on its two ports. Fails with its errors if it ends before. */
export async function portsOf(child: ChildProcess, ended: Promise<Ran>): Promise<{ port: number; adminPort: number }> {
  const [port = 0, adminPort = 0] = await new Promise<number[]>((resolve, reject) => {
    const ports: number[] = [];
    child.stdout?.on('data', (chunk) => {
      const listening = String(chunk).matchAll(LISTENING);
      ports.push(...[...listening].map(([, found]) => Number(found)));
      if (ports.length === 2) {
        resolve(ports);
      }
    });
    void ended.then(({ stderr }) => reject(new Error(stderr)));
  });
  return { port, adminPort };
}

/** Kills all processes that a test has started. */
export function killServices(): void {
  for (const child of started.splice(0)) {
    child.kill('SIGKILL');
  }
}
