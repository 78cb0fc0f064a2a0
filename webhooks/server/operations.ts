import type { FastifyInstance } from 'fastify';
import packageJson from '../../package.json' with { type: 'json' };
import type { Metrics } from '../observability/metrics.ts';

/** Adds /healthz, /readyz, /metrics and /version. */
export function operationsRoutes(app: FastifyInstance, metrics: Metrics, whyNotReady: () => string | undefined): void {
  app.get('/healthz', async (_request, reply) => reply.type('text/plain').send('ok'));
  app.get('/readyz', async (_request, reply) => {
    const why = whyNotReady();
    return reply
      .code(why === undefined ? 200 : 503)
      .type('text/plain')
      .send(why ?? 'ok');
  });
  app.get('/metrics', async (_request, reply) =>
    reply.type(metrics.registry.contentType).send(await metrics.registry.metrics()),
  );
  app.get('/version', async () => ({ name: packageJson.name, version: packageJson.version, node: process.version }));
}
