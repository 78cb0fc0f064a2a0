import underPressure from '@fastify/under-pressure';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { report } from '../observability/call-report.ts';
import type { Metrics } from '../observability/metrics.ts';
import type { ServiceSettings } from '../settings/settings.ts';
import { refuse } from './errors.ts';

const MIB = 1024 * 1024;
/** Metacontroller asks again after so long, and counts it as no failure. */
const RETRY_AFTER_SECONDS = 1;

type Limits = Pick<
  ServiceSettings['server'],
  'bodyLimitMiB' | 'maxCallsInFlight' | 'maxMiBInFlight' | 'maxEventLoopDelayMs'
>;

/** Measures how far behind the event loop is; the answer is left to `admit`. */
export function measureEventLoop(app: FastifyInstance, { maxEventLoopDelayMs }: Limits): void {
  app.register(underPressure, { maxEventLoopDelay: maxEventLoopDelayMs, pressureHandler: () => undefined });
}

/** What calls that have begun, and are not yet answered, take up. */
export interface Load {
  calls: number;
  bytes: number;
}

/** The bytes that each admitted call was counted with. */
const admitted = new WeakMap<FastifyRequest, number>();

/**
 * `admit` is a hook that answers 429 to more calls than can be taken, before any of the body is read: better than a call that the
 * engine gives up on, or a pod that runs out of memory. A call that does not say its length gets a 411. `release` is for when a call is over, however it ended.
 */
export function limitLoad(load: Load, limits: Limits, metrics: Metrics) {
  const tell = () => {
    metrics.callsInFlight.set(load.calls);
    metrics.bytesInFlight.set(load.bytes);
  };
  return {
    admit: async (request: FastifyRequest, reply: FastifyReply) => {
      const bytes = announcedBytes(request, limits);
      if (bytes === undefined) {
        // The connection is closed with it, so that nobody goes on sending.
        return refuse(reply.header('connection', 'close'), 411, 'content-length: is required');
      }
      const reason = whyTooMuch(request.server, { calls: load.calls + 1, bytes: load.bytes + bytes }, limits);
      if (reason !== undefined) {
        metrics.overload.inc({ reason });
        report(request, { refused: `too much at once: ${reason}` });
        return reply.code(429).header('retry-after', RETRY_AFTER_SECONDS).type('text/plain').send('too much at once');
      }
      load.calls += 1;
      load.bytes += bytes;
      admitted.set(request, bytes);
      tell();
      return undefined;
    },
    release: (request: FastifyRequest): void => {
      const bytes = admitted.get(request);
      if (bytes !== undefined && admitted.delete(request)) {
        load.calls -= 1;
        load.bytes -= bytes;
        tell();
      }
    },
  };
}

/**
 * The length of a body; undefined if the call does not say it. Metacontroller always does. Without it a body would have to
 * count as the largest that there may be, for as long as it takes to come, and other calls would get a 429 meanwhile.
 */
function announcedBytes({ headers }: FastifyRequest, { bodyLimitMiB }: Limits): number | undefined {
  const { 'content-length': length } = headers;
  // A larger body is refused without being read.
  return length === undefined ? undefined : Math.min(Number(length), bodyLimitMiB * MIB);
}

function whyTooMuch(app: FastifyInstance, load: Load, limits: Limits): 'calls' | 'bytes' | 'event_loop' | undefined {
  if (load.calls > limits.maxCallsInFlight) {
    return 'calls';
  }
  if (load.bytes > limits.maxMiBInFlight * MIB) {
    return 'bytes';
  }
  return app.isUnderPressure() ? 'event_loop' : undefined;
}
