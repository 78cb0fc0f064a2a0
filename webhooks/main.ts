import closeWithGrace from 'close-with-grace';
import { pino } from 'pino';
import { buildApp } from './app.ts';
import { longestShutdownSeconds, shutDown } from './lifecycle.ts';
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
  const logger = pino({ level: logLevel });
  const { server, lifecycle } = buildApp(settings, logger);
  closeWithGrace({ delay: longestShutdownSeconds(shutdownDelaySeconds) * 1000, logger }, async ({ err, signal }) => {
    if (err) {
      logger.fatal({ err }, 'ending after an error');
    } else {
      logger.info({ signal, seconds: shutdownDelaySeconds }, 'shutting down');
      await shutDown(server, lifecycle, shutdownDelaySeconds);
    }
  });
  logger.info({ settings }, 'settings');
  await server.listen({ host, port });
}
