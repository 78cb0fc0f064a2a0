import closeWithGrace from 'close-with-grace';
import type { FastifyInstance } from 'fastify';
import { messageOf, quote } from '../controllers/data/quote.ts';
import { type Credentials, readCredentials } from './authentication/credentials.ts';
import { logDestination } from './observability/log-destination.ts';
import { createLogger } from './observability/logger.ts';
import { buildApp } from './server/app.ts';
import { type App, DRAIN_SECONDS, longestShutdownSeconds, shutDown } from './server/lifecycle.ts';
import { addressesFor, listenOnFirst } from './server/listen.ts';
import { processVariables, readSettings, type ServiceSettings } from './settings/settings.ts';

const reading = readSettings(processVariables());
if (reading.outcome === 'bad') {
  endWith(reading.line);
} else {
  const access = readCredentials(reading.settings);
  if (access.outcome === 'bad') {
    endWith(access.line);
  } else {
    await serve(reading.settings, access.credentials);
  }
}

function endWith(line: string): void {
  process.stderr.write(`${line}\n`);
  process.exitCode = 1;
}

async function serve(settings: ServiceSettings, credentials: Credentials): Promise<void> {
  const { logLevel, shutdownDelaySeconds } = settings.server;
  const destination = logDestination(process.stdout.fd);
  const logger = createLogger(logLevel, destination);
  const app = buildApp(settings, { logger, credentials });
  const pace = { delaySeconds: shutdownDelaySeconds, drainSeconds: DRAIN_SECONDS };
  closeWithGrace({ delay: longestShutdownSeconds(pace) * 1000, logger }, async ({ err, signal }) => {
    if (err) {
      logger.fatal({ err }, 'exiting after an error');
    } else {
      logger.info({ signal, seconds: shutdownDelaySeconds }, 'shutting down');
      await shutDown(app, pace);
    }
    await destination.flush();
  });
  logger.info({ settings }, 'settings');
  await listen(app, settings.server);
}

/** Opens the hook port first, because the other port answers the readiness probe. */
async function listen({ hooks, admin }: App, { host, port, adminPort }: ServiceSettings['server']): Promise<void> {
  await listenOrEnd(hooks, { variable: 'PORT', host, port });
  await listenOrEnd(admin, { variable: 'ADMIN_PORT', host, port: adminPort });
}

interface Address {
  readonly variable: 'PORT' | 'ADMIN_PORT';
  readonly host: string;
  readonly port: number;
}

async function listenOrEnd(server: FastifyInstance, { variable, host, port }: Address): Promise<void> {
  try {
    await listenOnFirst(server, addressesFor(host), port);
  } catch (error) {
    const complaint = `HOST, ${variable}: cannot listen on ${quote(host)}, port ${port}`;
    process.stderr.write(`${complaint}: ${messageOf(error)}\n`);
    process.exit(1);
  }
}
