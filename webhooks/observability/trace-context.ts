/** Version 00 ends after the flags; a later one may go on, and there is no version ff. */
const TRACE_PARENT = /^(?!ff)(?!00.{54})[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-[0-9a-f]{2}(-|$)/;

/** What a log line says of the trace that a call belongs to. */
export interface TraceContext {
  readonly trace_id?: string;
  readonly span_id?: string;
}

/** Reads the header `traceparent`; one that is not as it must be is passed over. https://www.w3.org/TR/trace-context/ */
export function traceContext(header: unknown): TraceContext {
  const [, trace, span] = TRACE_PARENT.exec(typeof header === 'string' ? header : '') ?? [];
  return trace !== undefined && span !== undefined ? { trace_id: trace, span_id: span } : {};
}
