/**
 * Why something was not done as the user asked.
 * - `InvalidObject`: an observed or related object does not match its schema and is ignored.
 * - `InvalidTimeout`: the default timeout is used instead.
 * - `TimeoutNotSupported`: the route has no timeout, because the Gateway's class or the settings exclude it.
 * - `InvalidName`: a child would have an invalid name, so it is not created.
 * - `UnknownAnnotation`: an annotation with our prefix has no effect on this object.
 * - `AgentLeftOut`: a gateway does not serve this agent.
 * - `GatewayProblem`: another problem in the conditions of a gateway.
 * - `RuntimeProblem`: a problem in the conditions of a KAOS resource that this service runs.
 */
export type ProblemReason =
  | 'InvalidObject'
  | 'InvalidTimeout'
  | 'TimeoutNotSupported'
  | 'InvalidName'
  | 'UnknownAnnotation'
  | 'AgentLeftOut'
  | 'GatewayProblem'
  | 'RuntimeProblem';

/** A user's mistake, to report. It does not affect the rest of an answer. */
export interface Problem {
  readonly reason: ProblemReason;
  /** The object with the problem, as `Kind namespace/name`. */
  readonly about: string;
  /** Field, value and what is expected, in one sentence without line breaks. */
  readonly message: string;
}
