import underPressure from '@fastify/under-pressure';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { report } from '../observability/call-report.ts';
import type { Metrics } from '../observability/metrics.ts';
import type { ServiceSettings } from '../settings/settings.ts';

const MIB = 1024 * 1024;
/** Metacontroller retries after this time, and does not count the 429 as a failure. */
const RETRY_AFTER_SECONDS = 1;

type Limits = Pick<
  ServiceSettings['server'],
  'bodyLimitMiB' | 'maxCallsInFlight' | 'maxMiBInFlight' | 'maxEventLoopDelayMs'
>;

/** Measures the delay of the event loop. `admit` answers the 429. */
export function measureEventLoop(app: FastifyInstance, { maxEventLoopDelayMs }: Limits): void {
  app.register(underPressure, { maxEventLoopDelay: maxEventLoopDelayMs, pressureHandler: () => undefined });
}

/** The number and the announced body sizes of the calls in progress. */
export interface Load {
  calls: number;
  bytes: number;
}

/** The bytes that each admitted call adds to the load. */
const admitted = new WeakMap<FastifyRequest, number>();

/**
 * Limits the calls in progress. `admit` is a Fastify hook: above a limit it answers 429 before the body is read. Otherwise
 * the engine would give up on slow calls, or the pod would run out of memory. Call `release` when a call ends in any way.
 */
export function limitLoad(load: Load, limits: Limits, metrics: Metrics) {
  const setGauges = () => {
    metrics.callsInFlight.set(load.calls);
    metrics.bytesInFlight.set(load.bytes);
  };
  return {
    admit: async (request: FastifyRequest, reply: FastifyReply) => {
      const bytes = announcedBytes(request, limits);
      const reason = exceededLimit(request.server, { calls: load.calls + 1, bytes: load.bytes + bytes }, limits);
      if (reason !== undefined) {
        metrics.overload.inc({ reason });
        report(request, { refused: `overloaded: ${reason}` });
        return reply
          .code(429)
          .header('retry-after', RETRY_AFTER_SECONDS)
          .type('text/plain')
          .send('overloaded; retry later');
      }
      load.calls += 1;
      load.bytes += bytes;
      admitted.set(request, bytes);
      setGauges();
      return undefined;
    },
    release: (request: FastifyRequest): void => {
      const bytes = admitted.get(request);
      if (bytes !== undefined && admitted.delete(request)) {
        load.calls -= 1;
        load.bytes -= bytes;
        setGauges();
      }
    },
  };
}

/** The announced size of a call's body, at most the body limit. Without a Content-Length it is the limit. */
function announcedBytes({ headers }: FastifyRequest, { bodyLimitMiB }: Limits): number {
  const largest = bodyLimitMiB * MIB;
  const announced = Number(headers['content-length'] ?? largest);
  return Math.min(announced, largest);
}

function exceededLimit(app: FastifyInstance, load: Load, limits: Limits): 'calls' | 'bytes' | 'event_loop' | undefined {
  if (load.calls > limits.maxCallsInFlight) {
    return 'calls';
  }
  if (load.bytes > limits.maxMiBInFlight * MIB) {
    return 'bytes';
  }
  return app.isUnderPressure() ? 'event_loop' : undefined;
}
