import type { ServerOptions } from 'node:https';
import { TypeBoxValidatorCompiler } from '@fastify/type-provider-typebox';
import { type FastifyBaseLogger, type FastifyInstance, fastify, LogController } from 'fastify';
import type { Controller } from '../../controllers/contract.ts';
import { controllers as registry } from '../../controllers/registry.ts';
import { authorize, badUrlHandler } from '../authentication/authorize.ts';
import type { Credentials } from '../authentication/credentials.ts';
import { reloadCredentials } from '../authentication/reload-credentials.ts';
import { tlsOptions } from '../authentication/tls.ts';
import { createMetrics } from '../observability/metrics.ts';
import type { ServiceSettings } from '../settings/settings.ts';
import { currentTime } from '../wire/current-time.ts';
import { limitConnections } from './connection-limit.ts';
import { answerErrors, answerUnknownPages, schemaErrorFormatter, unknownPage } from './errors.ts';
import { hookRoutes } from './hook-routes.ts';
import { acceptJsonOnly } from './json-body.ts';
import { type App, closeConnectionsWhileDraining, type Lifecycle } from './lifecycle.ts';
import { operationsRoutes } from './operations.ts';
import { limitLoad, measureEventLoop } from './overload.ts';
import { whyNotReady } from './readiness.ts';

const MIB = 1024 * 1024;
/** Metacontroller's client closes idle connections after 90 s. If the server closed them first, calls could fail. */
const KEEP_ALIVE_MS = 95_000;
/** How long a whole request may take to arrive. */
const REQUEST_MS = 30_000;
/** Limits for headers. Node checks the times every 2 s; its default of 30 s would let slow callers stay much longer. */
const ARRIVAL = { headersTimeout: 10_000, connectionsCheckingInterval: 2_000, maxHeaderSize: 16_384 };

/** What a service needs besides its settings. */
interface Parts {
  readonly logger: FastifyBaseLogger;
  readonly credentials: Credentials;
  readonly controllers?: readonly Controller[];
}

/** Builds the service. The caller opens the ports and handles signals. */
export function buildApp(settings: ServiceSettings, { logger, credentials, controllers = registry }: Parts): App {
  const metrics = createMetrics();
  const lifecycle: Lifecycle = { draining: false };
  const hooks = createServer(settings, logger, {
    https: credentials.certificates && tlsOptions(credentials.certificates),
    frameworkErrors: badUrlHandler(credentials, unknownPage),
  });
  hooks.setValidatorCompiler(TypeBoxValidatorCompiler);
  acceptJsonOnly(hooks, settings.server.parsedBodyLimitMiB);
  answerErrors(hooks, settings.server.bodyLimitMiB);
  authorize(hooks, credentials, metrics);
  reloadCredentials(credentials, settings.server, { logger, metrics, server: hooks });
  closeConnectionsWhileDraining(hooks, lifecycle);
  measureEventLoop(hooks, settings.server);
  const limits = limitLoad({ calls: 0, bytes: 0 }, settings.server, metrics);
  hookRoutes(hooks, controllers, { settings, metrics, limits, now: currentTime });
  const admin = createServer(settings, logger);
  answerUnknownPages(admin);
  closeConnectionsWhileDraining(admin, lifecycle);
  operationsRoutes(admin, metrics, () => whyNotReady(lifecycle, credentials));
  return { hooks, admin, lifecycle };
}

interface Port {
  readonly https?: ServerOptions | undefined;
  readonly frameworkErrors?: ReturnType<typeof badUrlHandler>;
}

function createServer(
  settings: ServiceSettings,
  logger: FastifyBaseLogger,
  { https, frameworkErrors }: Port = {},
): FastifyInstance {
  const { bodyLimitMiB, maxConnections } = settings.server;
  const server: FastifyInstance = fastify({
    ...(https ? { https: { ...https, ...ARRIVAL } } : { https: null, http: ARRIVAL }),
    loggerInstance: logger,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: bodyLimitMiB * MIB,
    keepAliveTimeout: KEEP_ALIVE_MS,
    requestTimeout: REQUEST_MS,
    // During shutdown, calls on open connections still get their usual answers. A 503 would be a failed sync.
    return503OnClosing: false,
    schemaErrorFormatter,
    ...(frameworkErrors && { frameworkErrors }),
  });
  limitConnections(server.server, maxConnections);
  return server;
}
