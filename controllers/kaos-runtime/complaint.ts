import type { MergeProblem } from '../kubernetes/pod-spec/merge-problem.ts';

type ComplaintReason =
  | 'EnvironmentRefused'
  | 'EnvironmentMissing'
  | 'InvalidContainer'
  | 'InvalidPodSpec'
  | 'InvalidApiKey'
  | 'NoModel'
  | 'TelemetryNotSupported';

/** A part of a KAOS resource's spec that is not as its user wrote it. It stops nothing. */
export interface SpecComplaint {
  readonly reason: ComplaintReason;
  readonly message: string;
}

/** A complaint for each part of the spec that the merge did not take. */
export function complaintsOf(reason: ComplaintReason, problems: readonly MergeProblem[]): readonly SpecComplaint[] {
  return problems.map((problem) => ({ reason, message: mergeMessage(problem) }));
}

/** The field as its user finds it in the resource, and why the merge did not take it. */
export function mergeMessage({ field, message }: MergeProblem): string {
  return `spec.${field}: ${message}`;
}
