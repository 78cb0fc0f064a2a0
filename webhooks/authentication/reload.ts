import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import { messageOf } from '../../controllers/data/quote.ts';
import type { Metrics } from '../observability/metrics.ts';

/**
 * How often files are read. Polling is more reliable than watching: a mounted Secret changes by a swapped link, and not
 * every file system reports this.
 */
const RELOAD_MS = 2000;

/** Content of files that is reloaded. */
export interface Reloaded<Content> {
  readonly what: 'token' | 'tls';
  /** The content at the start. */
  readonly initial: Content;
  /** Throws if the files cannot be read. */
  readonly read: () => Content;
  /** Uses changed content. Throws if it is not valid, for example because only one of two files has changed yet. */
  readonly use: (content: Content) => void;
}

/** Where failures are reported, and the server whose lifetime limits the polling. */
export interface Watch {
  readonly logger: FastifyBaseLogger;
  readonly metrics: Metrics;
  /** Files are polled while it runs. */
  readonly server: FastifyInstance;
}

/** Uses new content when files change. If it is not valid, the last valid one stays in use; each failure is logged once. */
export function reload<Content>(
  { what, initial, read, use }: Reloaded<Content>,
  { logger, metrics, server }: Watch,
): void {
  let known = JSON.stringify(initial);
  let failure = '';
  const poll = () => {
    try {
      const content = read();
      const text = JSON.stringify(content);
      if (text !== known) {
        use(content);
        known = text;
        logger.info({ what }, 'reloaded');
      }
      failure = '';
    } catch (error) {
      const why = messageOf(error);
      if (why !== failure) {
        failure = why;
        metrics.reloadFailures.inc({ what });
        logger.error({ what, why }, 'cannot be reloaded; the last valid files stay in use');
      }
    }
  };
  let timer: NodeJS.Timeout | undefined;
  server.addHook('onListen', async () => {
    timer = setInterval(poll, RELOAD_MS).unref();
  });
  server.addHook('onClose', async () => clearInterval(timer));
}
