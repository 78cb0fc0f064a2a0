import type { MergeProblem } from '../kubernetes/pod-spec/merge-problem.ts';

type ComplaintReason =
  | 'EnvironmentRefused'
  | 'EnvironmentMissing'
  | 'InvalidContainer'
  | 'InvalidPodSpec'
  | 'InvalidApiKey'
  | 'NoModel'
  | 'TelemetryNotSupported';

/** Tells of a part of the spec that is changed or left out. The resource runs without it. */
export interface SpecComplaint {
  readonly reason: ComplaintReason;
  readonly message: string;
}

/** A complaint for each part of the spec that the merge refused. */
export function complaintsOf(reason: ComplaintReason, problems: readonly MergeProblem[]): readonly SpecComplaint[] {
  return problems.map((problem) => ({ reason, message: mergeMessage(problem) }));
}

/** The field's path in the resource, and why the merge refused it. */
export function mergeMessage({ field, message }: MergeProblem): string {
  return `spec.${field}: ${message}`;
}
