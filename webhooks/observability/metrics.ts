import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from '@prometheus-io/client';

const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const BYTES = [1e3, 1e4, 1e5, 1e6, 1e7, 1e8];
const CHILDREN = [0, 1, 2, 3, 5, 10, 20];

/** The metrics of one service. Label values come from closed sets, so users cannot create series. */
export interface Metrics {
  readonly registry: Registry;
  readonly duration: Histogram<'controller' | 'hook' | 'code'>;
  /** Includes calls whose caller closed the connection first, with code 499. */
  readonly calls: Counter<'controller' | 'hook' | 'code'>;
  readonly requestBytes: Histogram<'controller' | 'hook'>;
  readonly largeBodies: Counter<'controller' | 'hook'>;
  readonly children: Histogram<'controller'>;
  readonly problems: Counter<'controller' | 'reason'>;
  readonly access: Counter<'controller' | 'access'>;
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

/** Creates the metrics of the service and those of its process. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  return {
    registry,
    ...callMetrics(registers),
    ...answerMetrics(registers),
    ...loadMetrics(registers),
    ...accessMetrics(registers),
  };
}

function callMetrics(registers: Registry[]) {
  return {
    duration: new Histogram({
      name: 'agent_gateway_hooks_call_duration_seconds',
      help: 'Duration of a hook call, from the first header byte to the end of the answer.',
      labelNames: ['controller', 'hook', 'code'],
      buckets: SECONDS,
      registers,
    }),
    calls: new Counter({
      name: 'agent_gateway_hooks_calls_total',
      help: 'Hook calls by status code; 499 means that the caller closed the connection first.',
      labelNames: ['controller', 'hook', 'code'],
      registers,
    }),
    requestBytes: new Histogram({
      name: 'agent_gateway_hooks_request_bytes',
      help: "Size of a hook call's body; 0 if the body did not arrive whole.",
      labelNames: ['controller', 'hook'],
      buckets: BYTES,
      registers,
    }),
    children: new Histogram({
      name: 'agent_gateway_hooks_children',
      help: 'Number of children in the answer to a sync.',
      labelNames: ['controller'],
      buckets: CHILDREN,
      registers,
    }),
    staleBuilds: new Counter({
      name: 'agent_gateway_hooks_stale_builds_total',
      help: 'Syncs by a URL of another build; each answer asks for a resync.',
      registers,
    }),
  };
}

function answerMetrics(registers: Registry[]) {
  return {
    problems: new Counter({
      name: 'agent_gateway_hooks_problems_total',
      help: 'Invalid requests of users, counted at each sync that finds them.',
      labelNames: ['controller', 'reason'],
      registers,
    }),
    access: new Counter({
      name: 'agent_gateway_hooks_access_total',
      help: 'Resources by what becomes of their callers, counted at each sync: open, guarded, denied or withheld.',
      labelNames: ['controller', 'access'],
      registers,
    }),
    guardViolations: new Counter({
      name: 'agent_gateway_hooks_guard_violations_total',
      help: 'Answers that broke a rule of the guard and were replaced by a 500: each is a defect of this service.',
      labelNames: ['controller', 'rule'],
      registers,
    }),
  };
}

function loadMetrics(registers: Registry[]) {
  return {
    overload: new Counter({
      name: 'agent_gateway_hooks_overload_total',
      help: 'Calls answered 429, by the exceeded limit: calls, bytes or event_loop.',
      labelNames: ['reason'],
      registers,
    }),
    largeBodies: new Counter({
      name: 'agent_gateway_hooks_large_bodies_total',
      help: 'Hook calls whose announced body is larger than three quarters of BODY_LIMIT_MIB, with those above it.',
      labelNames: ['controller', 'hook'],
      registers,
    }),
    callsInFlight: new Gauge({
      name: 'agent_gateway_hooks_calls_in_flight',
      help: 'Calls in progress.',
      registers,
    }),
    bytesInFlight: new Gauge({
      name: 'agent_gateway_hooks_bytes_in_flight',
      help: 'Announced body sizes of the calls in progress.',
      registers,
    }),
  };
}

function accessMetrics(registers: Registry[]) {
  return {
    unauthorized: new Counter({
      name: 'agent_gateway_hooks_unauthorized_total',
      help: 'Requests at the hook port without a required credential.',
      registers,
    }),
    tlsFailures: new Counter({
      name: 'agent_gateway_hooks_tls_failures_total',
      help: 'Connections that ended during the TLS handshake, for example because the caller does not trust the certificate.',
      registers,
    }),
    reloadFailures: new Counter({
      name: 'agent_gateway_hooks_reload_failures_total',
      help: 'Changed token or certificate files that could not be read; the last valid ones stay in use.',
      labelNames: ['what'],
      registers,
    }),
    certificateExpiry: new Gauge({
      name: 'agent_gateway_hooks_certificate_expiry_timestamp_seconds',
      help: "Expiry of a certificate: the server's, the client CA, and the last client certificate shown.",
      labelNames: ['use'],
      registers,
    }),
  };
}
