import underPressure from '@fastify/under-pressure';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { report } from '../observability/call-report.ts';
import type { Metrics } from '../observability/metrics.ts';
import type { ServiceSettings } from '../settings/settings.ts';
import { refuse } from './errors.ts';

const MIB = 1024 * 1024;
/** Above this part of the limit, a body counts as large: its controller comes close to failing. */
const LARGE_PART = 0.75;
/** Metacontroller retries after this time, and does not count the 429 as a failure. */
const RETRY_AFTER_SECONDS = 1;

type Limits = Pick<
  ServiceSettings['server'],
  'bodyLimitMiB' | 'maxCallsInFlight' | 'maxMiBInFlight' | 'maxEventLoopDelayMs'
>;

/** The delay counts as the mean of this time, or of a longer one. */
const LEAST_SAMPLE_MS = 1000;

/**
 * Measures the delay of the event loop. `admit` answers the 429. A time in which the loop did not turn at all counts as an infinite delay,
 * so it must not be shorter than the delay that is allowed.
 */
export function measureEventLoop(app: FastifyInstance, { maxEventLoopDelayMs }: Limits): void {
  app.register(underPressure, {
    maxEventLoopDelay: maxEventLoopDelayMs,
    sampleInterval: Math.max(LEAST_SAMPLE_MS, maxEventLoopDelayMs),
    pressureHandler: () => undefined,
  });
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
 * A body without a Content-Length gets a 411.
 */
export function limitLoad(load: Load, limits: Limits, metrics: Metrics) {
  const setGauges = () => {
    metrics.callsInFlight.set(load.calls);
    metrics.bytesInFlight.set(load.bytes);
  };
  return {
    admit: async (request: FastifyRequest, reply: FastifyReply) => {
      const bytes = announcedBytes(request, limits);
      if (bytes === undefined) {
        // Closing the connection makes the caller stop sending.
        return refuse(reply.header('connection', 'close'), 411, 'content-length: is required');
      }
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

/**
 * The announced size of a call's body, at most the body limit; undefined for a body in chunks, which announces none.
 * Metacontroller always sends a Content-Length. A body in chunks would have to count as the limit until it has arrived, and
 * other calls would get a 429 meanwhile.
 */
function announcedBytes({ headers }: FastifyRequest, { bodyLimitMiB }: Limits): number | undefined {
  const { 'content-length': length = 0, 'transfer-encoding': encoding } = headers;
  return encoding === undefined ? Math.min(Number(length), bodyLimitMiB * MIB) : undefined;
}

/** Whether a call announces a body near or above the limit. */
export function isLargeBody({ headers }: FastifyRequest, { bodyLimitMiB }: Limits): boolean {
  return Number(headers['content-length'] ?? 0) > LARGE_PART * bodyLimitMiB * MIB;
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
