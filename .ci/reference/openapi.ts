import swagger from '@fastify/swagger';
import { TypeBoxValidatorCompiler } from '@fastify/type-provider-typebox';
import { type FastifySchema, fastify } from 'fastify';
import { controllers } from '../../controllers/registry.ts';
import packageJson from '../../package.json' with { type: 'json' };
import { createMetrics } from '../../webhooks/observability/metrics.ts';
import { hookRoutes } from '../../webhooks/server/hook-routes.ts';
import { limitLoad } from '../../webhooks/server/overload.ts';
import { readSettings } from '../../webhooks/settings/settings.ts';

const DESCRIPTION = `The hooks that Metacontroller calls, in hook version v2. They answer the same for the same request, change nothing,
and can be called at any time.`;

/**
 * The hooks as OpenAPI 3.1, from the routes of the server itself. The service does not serve this document: it has no reader in
 * a cluster, and each page is one more to protect.
 */
export async function openApi(): Promise<object> {
  const app = fastify();
  app.setValidatorCompiler(TypeBoxValidatorCompiler);
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: packageJson.name, version: packageJson.version, description: DESCRIPTION },
      servers: [{ url: 'http://localhost:8080', description: 'The service, started by `npm start`' }],
      components: {
        securitySchemes: { token: { type: 'http', scheme: 'bearer' }, certificate: { type: 'mutualTLS' } },
      },
      security: [{}, { token: [] }, { certificate: [] }],
      tags: controllers.map(({ name, type }) => ({ name, description: `The hooks of a ${type} controller.` })),
    },
    transform: ({ schema, url }) => ({ schema: withoutSymbols(schema), url }),
  });
  hookRoutes(app, controllers, context());
  await app.ready();
  const document = app.swagger();
  await app.close();
  return JSON.parse(JSON.stringify(document));
}

/** TypeBox marks its schemas with symbols, which are not part of JSON Schema. */
function withoutSymbols(schema: FastifySchema): FastifySchema {
  return JSON.parse(JSON.stringify(schema));
}

/** What the routes need to answer calls. None comes. */
function context(): Parameters<typeof hookRoutes>[2] {
  const reading = readSettings({});
  if (reading.outcome === 'bad') {
    throw new Error(reading.line);
  }
  const { settings } = reading;
  const metrics = createMetrics();
  const limits = limitLoad({ calls: 0, bytes: 0 }, settings.server, metrics);
  return { settings, metrics, limits, now: () => '' };
}
