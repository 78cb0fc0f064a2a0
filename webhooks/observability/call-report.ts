import type { FastifyRequest } from 'fastify';
import type { AccessCounts } from '../../controllers/contract.ts';
import { shown } from '../../controllers/data/quote.ts';
import type { Problem } from '../../controllers/problem.ts';
import type { Violation } from '../guard/violation.ts';
import type { ParentIdentity } from '../wire/parent-identity.ts';
import type { Metrics } from './metrics.ts';
import type { TraceContext } from './trace-context.ts';

/** How many problems a log line lists at most. The metric counts all of them. */
const NAMED_PROBLEMS = 10;

/** The facts of one hook call for its log line and the metrics: names, counts and problems, never a body. */
export interface CallReport {
  readonly controller: string;
  readonly hook: 'sync' | 'customize';
  readonly trace: TraceContext;
  parent: ParentIdentity;
  /** The size of the body; 0 if it did not arrive whole. */
  bytes: number;
  children?: number;
  /** Why the answer releases the children. */
  released?: string;
  problems: readonly Problem[];
  access: AccessCounts;
  violations: readonly Violation[];
  /** The text of a 4xx. */
  refused?: string;
  /** A defect of this service. */
  error?: unknown;
}

const reports = new WeakMap<FastifyRequest, CallReport>();

/** Opens the report of a call. Handlers add to it with `report`. */
export function openReport(request: FastifyRequest, names: Pick<CallReport, 'controller' | 'hook' | 'trace'>): void {
  reports.set(request, { ...names, parent: {}, bytes: 0, problems: [], access: {}, violations: [] });
}

/** Adds findings to a call's report. Does nothing for requests other than hook calls. */
export function report(request: FastifyRequest, findings: Partial<CallReport>): void {
  const own = reports.get(request);
  if (own) {
    Object.assign(own, findings);
  }
}

/** How a call ended. */
interface End {
  readonly code: number;
  /** Undefined if no answer was sent. */
  readonly ms: number | undefined;
}

/** Writes the call's log line and counts it, once the answer is sent or the caller has closed the connection. */
export function closeReport(request: FastifyRequest, end: End, metrics: Metrics): void {
  const own = reports.get(request);
  if (own && reports.delete(request)) {
    request.log[levelOf(own, end.code)](logLine(own, end), 'hook call');
    count(own, end, metrics);
  }
}

/** An error is a defect of this service; a warning is a mistake of the caller or of a user. */
function levelOf(own: CallReport, code: number): 'info' | 'warn' | 'error' {
  if (code >= 500) {
    return 'error';
  }
  return code >= 400 || own.problems.length > 0 ? 'warn' : 'info';
}

function logLine({ parent, problems, violations, ...own }: CallReport, { code, ms }: End): object {
  const named = Object.entries(parent).map(([field, text]) => [field, text && shown(text)]);
  return {
    controller: own.controller,
    hook: own.hook,
    ...own.trace,
    ...Object.fromEntries(named),
    code,
    children: own.children,
    released: own.released,
    problems: problems.length,
    problemList: problems.length > 0 ? problems.slice(0, NAMED_PROBLEMS) : undefined,
    violations: violations.length > 0 ? violations : undefined,
    refused: own.refused,
    err: own.error,
    ms: ms && Math.round(ms * 1000) / 1000,
  };
}

function count(own: CallReport, { code, ms }: End, metrics: Metrics): void {
  const { controller } = own;
  metrics.calls.inc({ ...namesOf(own), code });
  metrics.requestBytes.observe(namesOf(own), own.bytes);
  if (ms !== undefined) {
    metrics.duration.observe({ ...namesOf(own), code }, ms / 1000);
  }
  if (own.children !== undefined) {
    metrics.children.observe({ controller }, own.children);
  }
  for (const { reason } of own.problems) {
    metrics.problems.inc({ controller, reason });
  }
  for (const [access, resources] of Object.entries(own.access)) {
    metrics.access.inc({ controller, access }, resources);
  }
  for (const { rule } of own.violations) {
    metrics.guardViolations.inc({ controller, rule });
  }
}

function namesOf({ controller, hook }: CallReport): Pick<CallReport, 'controller' | 'hook'> {
  return { controller, hook };
}
