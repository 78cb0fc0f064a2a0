import type { Place } from '../evaluate/places.ts';

/** How bad a finding is. Errors and warnings are of no use to whom wrote the document; a note is about input that was passed over. */
export type Severity = 'error' | 'warning' | 'note';

/** Something wrong in the documents. */
export interface Finding {
  readonly severity: Severity;
  /** The name of the rule, which is the reason of a problem: docs/reference/reasons.md. */
  readonly rule: string;
  /** The object, the path of the field, its value, what is expected and what to do, on one line. */
  readonly message: string;
  /** `Agent research/helper`; undefined if it is about a whole file. */
  readonly object?: string;
  /** Undefined if no document is to blame. */
  readonly place?: Place;
}
