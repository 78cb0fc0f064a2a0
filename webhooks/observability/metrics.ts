import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const BYTES = [1e3, 1e4, 1e5, 1e6, 1e7, 1e8];
const CHILDREN = [0, 1, 2, 3, 5, 10, 20];

/** The metrics of one server. Label values come from closed sets, so no user can make series. */
export interface Metrics {
  readonly registry: Registry;
  readonly duration: Histogram<'controller' | 'hook' | 'code'>;
  /** Also of callers that hung up before they were answered (code 499). */
  readonly calls: Counter<'controller' | 'hook' | 'code'>;
  readonly requestBytes: Histogram<'controller' | 'hook'>;
  readonly children: Histogram<'controller'>;
  readonly problems: Counter<'controller' | 'reason'>;
  readonly guardViolations: Counter<'controller' | 'rule'>;
  readonly staleBuilds: Counter;
  readonly overload: Counter<'reason'>;
  readonly callsInFlight: Gauge;
  readonly bytesInFlight: Gauge;
  readonly unauthorized: Counter;
  readonly tlsFailures: Counter;
  readonly reloadFailures: Counter<'what'>;
  readonly certificateExpiry: Gauge<'use'>;
}

/** All metrics at their start, with those of the process. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  return { registry, ...callMetrics(registers), ...loadMetrics(registers), ...accessMetrics(registers) };
}

function callMetrics(registers: Registry[]) {
  return {
    duration: new Histogram({
      name: 'agent_gateway_hooks_call_duration_seconds',
      help: 'How long a hook call took, from the first byte of its headers to the last of the answer.',
      labelNames: ['controller', 'hook', 'code'],
      buckets: SECONDS,
      registers,
    }),
    calls: new Counter({
      name: 'agent_gateway_hooks_calls_total',
      help: 'Hook calls by status code; 499 is a caller that hung up before it was answered.',
      labelNames: ['controller', 'hook', 'code'],
      registers,
    }),
    requestBytes: new Histogram({
      name: 'agent_gateway_hooks_request_bytes',
      help: 'The size of the body of a hook call; 0 where none was read whole.',
      labelNames: ['controller', 'hook'],
      buckets: BYTES,
      registers,
    }),
    children: new Histogram({
      name: 'agent_gateway_hooks_children',
      help: 'How many children a sync answered.',
      labelNames: ['controller'],
      buckets: CHILDREN,
      registers,
    }),
    problems: new Counter({
      name: 'agent_gateway_hooks_problems_total',
      help: 'What was not done as its user asked, counted at each sync that finds it.',
      labelNames: ['controller', 'reason'],
      registers,
    }),
    guardViolations: new Counter({
      name: 'agent_gateway_hooks_guard_violations_total',
      help: 'Answers held back because they broke a rule of the guard: each is a defect of this service.',
      labelNames: ['controller', 'rule'],
      registers,
    }),
    staleBuilds: new Counter({
      name: 'agent_gateway_hooks_stale_builds_total',
      help: 'Syncs whose URL names another build than that of the pod that answered; each is asked for again.',
      registers,
    }),
  };
}

function loadMetrics(registers: Registry[]) {
  return {
    overload: new Counter({
      name: 'agent_gateway_hooks_overload_total',
      help: 'Calls answered 429, by what there was too much of: calls, bytes or event_loop.',
      labelNames: ['reason'],
      registers,
    }),
    callsInFlight: new Gauge({
      name: 'agent_gateway_hooks_calls_in_flight',
      help: 'Calls that have begun and are not yet answered.',
      registers,
    }),
    bytesInFlight: new Gauge({
      name: 'agent_gateway_hooks_bytes_in_flight',
      help: 'The bodies of those calls, as announced.',
      registers,
    }),
  };
}

function accessMetrics(registers: Registry[]) {
  return {
    unauthorized: new Counter({
      name: 'agent_gateway_hooks_unauthorized_total',
      help: 'Requests at the port of the hooks without a credential that is asked for.',
      registers,
    }),
    tlsFailures: new Counter({
      name: 'agent_gateway_hooks_tls_failures_total',
      help: 'Connections that ended before both sides agreed on TLS, such as those of callers that do not trust us.',
      registers,
    }),
    reloadFailures: new Counter({
      name: 'agent_gateway_hooks_reload_failures_total',
      help: 'Tokens or certificates that changed and could not be read; what was read before stays.',
      labelNames: ['what'],
      registers,
    }),
    certificateExpiry: new Gauge({
      name: 'agent_gateway_hooks_certificate_expiry_timestamp_seconds',
      help: 'When a certificate expires: our own, that of the authority of callers, and the last that a caller showed.',
      labelNames: ['use'],
      registers,
    }),
  };
}
