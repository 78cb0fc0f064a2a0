import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import packageJson from '../../package.json' with { type: 'json' };
import type { Metrics } from '../observability/metrics.ts';

/** Adds /healthz, /readyz, /metrics and /version. */
export function operationsRoutes(app: FastifyInstance, metrics: Metrics, whyNotReady: () => string | undefined): void {
  app.addHook('onRequest', refuseOtherMethods);
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

/** Refuses a call before its body is read: nobody has a reason to send one here, and a slow one would hold its connection. */
async function refuseOtherMethods({ method }: FastifyRequest, reply: FastifyReply): Promise<void> {
  if (method !== 'GET' && method !== 'HEAD') {
    await reply
      .code(405)
      .headers({ allow: 'GET, HEAD', connection: 'close' })
      .type('text/plain')
      .send('method not allowed: this port answers GET and HEAD');
  }
}
