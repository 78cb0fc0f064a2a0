/** Version 00 ends after the flags. Later versions may have more fields. Version ff is not valid. */
const TRACE_PARENT = /^(?!ff)(?!00.{54})[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-[0-9a-f]{2}(-|$)/;

/** The trace of a call, for its log line. */
export interface TraceContext {
  readonly trace_id?: string;
  readonly span_id?: string;
}

/** Reads the header `traceparent`; a malformed one is ignored. https://www.w3.org/TR/trace-context/ */
export function traceContext(header: unknown): TraceContext {
  const [, trace, span] = TRACE_PARENT.exec(typeof header === 'string' ? header : '') ?? [];
  return trace !== undefined && span !== undefined ? { trace_id: trace, span_id: span } : {};
}
