import { TypeBoxValidatorCompiler } from '@fastify/type-provider-typebox';
import { type FastifyBaseLogger, type FastifyInstance, fastify, LogController } from 'fastify';
import type { Controller } from '../controllers/contract.ts';
import { controllers as registry } from '../controllers/registry.ts';
import { answerErrors, answerUnknownPages, schemaErrorFormatter } from './errors.ts';
import { hookRoutes } from './hook-routes.ts';
import { acceptJsonOnly } from './json-body.ts';
import { closeConnectionsWhileDraining, type Lifecycle } from './lifecycle.ts';
import { createMetrics } from './metrics.ts';
import { operationsRoutes } from './operations.ts';
import type { ServiceSettings } from './settings.ts';

const MIB = 1024 * 1024;
/** Metacontroller's client keeps idle connections for 90 s; whoever closes first must not be us, or calls get lost. */
const KEEP_ALIVE_MS = 95_000;
/** How long a request may take to arrive whole. */
const REQUEST_MS = 60_000;

export interface App {
  /** For Metacontroller alone. */
  readonly hooks: FastifyInstance;
  /** For the cluster and its operators: another port, so that the hooks' can be closed to everyone else. */
  readonly admin: FastifyInstance;
  readonly lifecycle: Lifecycle;
}

/** The service without its ports: all of it but listening and signals. */
export function buildApp(
  settings: ServiceSettings,
  logger: FastifyBaseLogger,
  controllers: readonly Controller[] = registry,
): App {
  const metrics = createMetrics();
  const lifecycle: Lifecycle = { draining: false };
  const hooks = createServer(settings, logger);
  hooks.setValidatorCompiler(TypeBoxValidatorCompiler);
  acceptJsonOnly(hooks);
  answerErrors(hooks, settings.server.bodyLimitMiB);
  closeConnectionsWhileDraining(hooks, lifecycle);
  hookRoutes(hooks, controllers, { settings, metrics, now });
  const admin = createServer(settings, logger);
  answerUnknownPages(admin);
  closeConnectionsWhileDraining(admin, lifecycle);
  operationsRoutes(admin, metrics, lifecycle);
  return { hooks, admin, lifecycle };
}

function createServer(settings: ServiceSettings, logger: FastifyBaseLogger): FastifyInstance {
  return fastify({
    loggerInstance: logger,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: settings.server.bodyLimitMiB * MIB,
    keepAliveTimeout: KEEP_ALIVE_MS,
    requestTimeout: REQUEST_MS,
    // While we close, calls on connections that are still open are answered as usual: a 503 would be a failed sync.
    return503OnClosing: false,
    schemaErrorFormatter,
  });
}

function now(): string {
  return `${new Date().toISOString().slice(0, 19)}Z`;
}
