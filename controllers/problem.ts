/**
 * Why something was not done as its user asked. `InvalidObject`: an observed or related object does not fit its
 * schema and was passed over. `InvalidTimeout`: a default is used instead. `InvalidName`: no child can have it.
 * `AgentLeftOut`: a gateway does not serve this agent. `GatewayProblem`: something else that a gateway's conditions say.
 * `RuntimeProblem`: the same of the conditions of a KAOS resource that is run here.
 */
export type ProblemReason =
  | 'InvalidObject'
  | 'InvalidTimeout'
  | 'InvalidName'
  | 'AgentLeftOut'
  | 'GatewayProblem'
  | 'RuntimeProblem';

/** A user's mistake as data. It never stops the rest of an answer. */
export interface Problem {
  readonly reason: ProblemReason;
  /** The object that it is about, as `Kind namespace/name`. */
  readonly about: string;
  /** What was wrong, where, and what is allowed: one sentence without a line break. */
  readonly message: string;
}
