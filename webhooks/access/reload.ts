import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import { messageOf } from '../../controllers/data/quote.ts';
import type { Metrics } from '../observability/metrics.ts';

/**
 * How often files are read again. Reading is surer than being told: a mounted Secret changes by the swap of a link, of
 * which not every file system tells.
 */
const RELOAD_MS = 2000;

/** Something that is read from files again and again. */
export interface Reloaded<Content> {
  readonly what: 'token' | 'tls';
  /** What the service uses now. */
  readonly initial: Content;
  /** Throws where the files cannot be read. */
  readonly read: () => Content;
  /** Takes what has changed. Throws where that is of no use, as in the middle of a change of several files. */
  readonly use: (content: Content) => void;
}

/** What reading again is bound to: where failures are told, and how long it goes on. */
export interface Watch {
  readonly logger: FastifyBaseLogger;
  readonly metrics: Metrics;
  /** Files are watched from its start to its end. */
  readonly server: FastifyInstance;
}

/** Uses what is in files now, whenever it has changed. What cannot be read changes nothing, and is told once. */
export function reload<Content>(
  { what, initial, read, use }: Reloaded<Content>,
  { logger, metrics, server }: Watch,
): void {
  let known = JSON.stringify(initial);
  let failure = '';
  const again = () => {
    try {
      const content = read();
      const text = JSON.stringify(content);
      if (text !== known) {
        use(content);
        known = text;
        logger.info({ what }, 'read again');
      }
      failure = '';
    } catch (error) {
      const why = messageOf(error);
      if (why !== failure) {
        failure = why;
        metrics.reloadFailures.inc({ what });
        logger.error({ what, why }, 'cannot be read again; what was read before stays');
      }
    }
  };
  let timer: NodeJS.Timeout | undefined;
  server.addHook('onListen', async () => {
    timer = setInterval(again, RELOAD_MS).unref();
  });
  server.addHook('onClose', async () => clearInterval(timer));
}
