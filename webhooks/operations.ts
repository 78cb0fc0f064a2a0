import type { FastifyInstance } from 'fastify';
import packageJson from '../package.json' with { type: 'json' };
import type { Lifecycle } from './lifecycle.ts';
import type { Metrics } from './metrics.ts';

/** What a cluster asks of any service: alive, ready, metrics, version. */
export function operationsRoutes(app: FastifyInstance, metrics: Metrics, lifecycle: Lifecycle): void {
  app.get('/healthz', async (_request, reply) => reply.type('text/plain').send('ok'));
  app.get('/readyz', async (_request, reply) =>
    lifecycle.draining ? reply.code(503).type('text/plain').send('shutting down') : reply.type('text/plain').send('ok'),
  );
  app.get('/metrics', async (_request, reply) =>
    reply.type(metrics.registry.contentType).send(await metrics.registry.metrics()),
  );
  app.get('/version', async () => ({ name: packageJson.name, version: packageJson.version, node: process.version }));
}
