import { setTimeout as wait } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';

/** How long calls in progress may take during shutdown. Metacontroller gives up on a hook call after 10 s. */
export const DRAIN_SECONDS = 15;

interface ShutdownPace {
  /** How long the service still accepts new calls. */
  readonly delaySeconds: number;
  /** How long it then waits for calls in progress. */
  readonly drainSeconds: number;
}

/** Longer than any orderly shutdown takes. */
export function longestShutdownSeconds({ delaySeconds, drainSeconds }: ShutdownPace): number {
  return delaySeconds + drainSeconds + 5;
}

/** The state of a running service. */
export interface Lifecycle {
  /** True from SIGTERM on. The service is then not ready, and each answer closes its connection. */
  draining: boolean;
}

/** The service: two servers with their shared state. */
export interface App {
  /** For Metacontroller only. */
  readonly hooks: FastifyInstance;
  /** Probes, metrics and version. A second port, so that a network policy can limit the hook port to Metacontroller. */
  readonly admin: FastifyInstance;
  readonly lifecycle: Lifecycle;
}

/** During shutdown, makes callers open a new connection, which goes to another pod. */
export function closeConnectionsWhileDraining(app: FastifyInstance, lifecycle: Lifecycle): void {
  app.addHook('onSend', async (_request, reply) => {
    if (lifecycle.draining) {
      reply.header('connection', 'close');
    }
  });
}

/**
 * Shuts the service down in order. It still accepts calls for a while, because the cluster sends them until all nodes know
 * that this pod is not ready. Then it waits for the calls in progress.
 */
export async function shutDown({ hooks, admin, lifecycle }: App, pace: ShutdownPace): Promise<void> {
  lifecycle.draining = true;
  await wait(pace.delaySeconds * 1000);
  const cutOff = setTimeout(() => hooks.server.closeAllConnections(), pace.drainSeconds * 1000);
  await hooks.close();
  clearTimeout(cutOff);
  await admin.close();
}
