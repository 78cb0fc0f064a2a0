import closeWithGrace from 'close-with-grace';
import { pino } from 'pino';
import { quote } from '../controllers/quote.ts';
import { buildApp } from './app.ts';
import { DRAIN_SECONDS, longestShutdownSeconds, shutDown } from './lifecycle.ts';
import { processVariables, readSettings, type ServiceSettings } from './settings.ts';

const reading = readSettings(processVariables());
if (reading.outcome === 'read') {
  await serve(reading.settings);
} else {
  process.stderr.write(`${reading.line}\n`);
  process.exitCode = 1;
}

async function serve(settings: ServiceSettings): Promise<void> {
  const { host, port, logLevel, shutdownDelaySeconds } = settings.server;
  const logger = pino({ level: logLevel, redact: ['settings.controllers.agentGateway.referenceHashKey'] });
  const { server, lifecycle } = buildApp(settings, logger);
  const pace = { delaySeconds: shutdownDelaySeconds, drainSeconds: DRAIN_SECONDS };
  closeWithGrace({ delay: longestShutdownSeconds(pace) * 1000, logger }, async ({ err, signal }) => {
    if (err) {
      logger.fatal({ err }, 'ending after an error');
    } else {
      logger.info({ signal, seconds: shutdownDelaySeconds }, 'shutting down');
      await shutDown(server, lifecycle, pace);
    }
  });
  logger.info({ settings }, 'settings');
  try {
    await server.listen({ host, port });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    process.stderr.write(`HOST, PORT: cannot listen on ${quote(host)}, port ${port}: ${why}\n`);
    process.exit(1);
  }
}
