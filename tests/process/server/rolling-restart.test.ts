import { Agent, request } from 'node:http';
import { type AddressInfo, connect, createServer, type Server } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, expect, it } from 'vitest';
import { recordedBody } from '../../support/recordings.ts';
import { killServices, type ServiceProcess, startService } from '../../support/service-process.ts';

const BODY = JSON.stringify(recordedBody('decorator-sync-agent-research.helper-new'));
const CALLS_A_SECOND = 50;
/** How long a cluster still sends calls to a pod that is not ready. */
const DROP_MS = 2000;

let balancer: Server;
afterEach(() => {
  balancer.close();
  killServices();
});

interface Replica {
  readonly service: ServiceProcess;
  notReadySince?: number;
}

/** Spreads new connections over replicas, as a Service does; open connections stay with their replica. */
function balance(replicas: readonly Replica[]): Server {
  let next = 0;
  return createServer((client) => {
    const targets = replicas.filter(({ notReadySince = Date.now() }) => Date.now() - notReadySince < DROP_MS);
    const replica = targets[next++ % targets.length];
    const upstream = connect(replica?.service.port ?? 0, '127.0.0.1');
    client.pipe(upstream).pipe(client);
    for (const [one, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      one.on('error', () => other.destroy());
      one.on('close', () => other.destroy());
    }
  });
}

async function isReady({ adminPort }: ServiceProcess): Promise<boolean> {
  return fetch(`http://127.0.0.1:${adminPort}/readyz`).then(
    ({ ok }) => ok,
    () => false,
  );
}

/** Asks each replica whether it is ready, until the signal. */
async function probe(replicas: readonly Replica[], signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    for (const replica of replicas) {
      if (replica.notReadySince === undefined && !(await isReady(replica.service))) {
        replica.notReadySince = Date.now();
      }
    }
    await wait(100);
  }
}

function post(port: number, agent: Agent): Promise<string> {
  return new Promise((resolve) => {
    const headers = { 'content-type': 'application/json' };
    const path = '/kaos-routes/sync';
    const outgoing = request({ host: '127.0.0.1', port, agent, method: 'POST', path, headers }, (response) => {
      response.resume();
      response.on('end', () => resolve(String(response.statusCode)));
      response.on('error', (error) => resolve(String(error)));
    });
    outgoing.on('error', (error) => resolve(String(error)));
    outgoing.end(BODY);
  });
}

/** Calls at a steady rate until the signal, in turn over kept connections and without retries. */
async function load(port: number, signal: AbortSignal): Promise<string[]> {
  const agents = Array.from({ length: 10 }, () => new Agent({ keepAlive: true, maxSockets: 1 }));
  const calls: Promise<string>[] = [];
  while (!signal.aborted) {
    for (const agent of agents) {
      calls.push(post(port, agent));
      await wait(1000 / CALLS_A_SECOND);
    }
  }
  const outcomes = await Promise.all(calls);
  for (const agent of agents) {
    agent.destroy();
  }
  return outcomes;
}

it('a rolling restart of two replicas under load fails no call', { timeout: 90_000 }, async () => {
  const replicas: Replica[] = [{ service: await startService() }, { service: await startService() }];
  balancer = balance(replicas).listen(0, '127.0.0.1');
  const stop = new AbortController();
  const probing = probe(replicas, stop.signal);
  await wait(50);
  const loading = load((balancer.address() as AddressInfo).port, stop.signal);
  await wait(1000);
  for (const old of replicas.slice(0, 2)) {
    replicas.push({ service: await startService() });
    old.service.child.kill('SIGTERM');
    expect((await old.service.ended).code).toBe(0);
  }
  await wait(1000);
  stop.abort();
  await probing;
  const outcomes = await loading;
  expect(outcomes.filter((outcome) => outcome !== '200')).toEqual([]);
  expect(outcomes.length).toBeGreaterThan(200);
});
