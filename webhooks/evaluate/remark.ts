import type { Problem, ProblemReason } from '../../controllers/problem.ts';

/** A line for standard error, which says what is wrong with the input or what was passed over. */
export interface Remark {
  /** `error`: wrong input. `problem`: what a resource asks for and does not get. `note`: input that was ignored. */
  readonly level: 'error' | 'problem' | 'note';
  /** A place in the input (`team.yaml, document 2`) or an object (`Agent n/a`). */
  readonly about: string;
  readonly text: string;
  /** The document that it concerns. A problem of an Agent can concern an AgentGateway. Undefined if it concerns the whole input. */
  readonly of?: Named;
  /** The reason of a problem. */
  readonly reason?: ProblemReason;
  /** The path of the field, if it is known. */
  readonly field?: string;
}

/** The fields of a document by which it can be named and selected. */
export interface Named {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata?: unknown;
}

/** A remark about wrong input. */
export function error(about: string, text: string, of?: Named): Remark {
  return { level: 'error', about, text, ...(of && { of }) };
}

/** A remark about input that was passed over. */
export function note(about: string, text: string, of?: Named): Remark {
  return { level: 'note', about, text, ...(of && { of }) };
}

/** The remark about what a controller reports of a document. */
export function problemRemark({ about, reason, message }: Problem, of: Named): Remark {
  return { level: 'problem', about, text: `${reason}: ${message}`, of, reason };
}
