import { setTimeout as wait } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';

/** How long calls that have begun may take to end. Metacontroller gives up on a hook after 10 s. */
export const DRAIN_SECONDS = 15;

interface ShutdownPace {
  /** How long new calls are still taken. */
  readonly delaySeconds: number;
  /** How long calls that have begun are then waited for. */
  readonly drainSeconds: number;
}

/** Longer than any orderly end takes. */
export function longestShutdownSeconds({ delaySeconds, drainSeconds }: ShutdownPace): number {
  return delaySeconds + drainSeconds + 5;
}

/** Where a service is in its life. */
export interface Lifecycle {
  /** From SIGTERM on: not ready, and every answer tells its connection to close. */
  draining: boolean;
}

/** The service: two servers, and where it is in its life. */
export interface App {
  /** For Metacontroller alone. */
  readonly hooks: FastifyInstance;
  /** For the cluster and its operators: another port, so that the hooks' can be closed to everyone else. */
  readonly admin: FastifyInstance;
  readonly lifecycle: Lifecycle;
}

/** Has callers open a new connection, which leads to another pod, once this one shuts down. */
export function closeConnectionsWhileDraining(app: FastifyInstance, lifecycle: Lifecycle): void {
  app.addHook('onSend', async (_request, reply) => {
    if (lifecycle.draining) {
      reply.header('connection', 'close');
    }
  });
}

/**
 * An orderly end. Calls are still taken for a while, because the cluster goes on sending them until every node has heard
 * that this pod is not ready; then those that have begun are finished.
 */
export async function shutDown({ hooks, admin, lifecycle }: App, pace: ShutdownPace): Promise<void> {
  lifecycle.draining = true;
  await wait(pace.delaySeconds * 1000);
  const cutOff = setTimeout(() => hooks.server.closeAllConnections(), pace.drainSeconds * 1000);
  await hooks.close();
  clearTimeout(cutOff);
  await admin.close();
}
