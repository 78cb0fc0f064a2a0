import type { MergeProblem } from '../kubernetes/pod-spec/merge-problem.ts';
import type { Complaint } from './plan.ts';

/** What of a spec the merge could not take, or only passed on. */
export function complaintsOf(reason: string, problems: readonly MergeProblem[]): readonly Complaint[] {
  return problems.map(({ field, message }) => ({ reason, message: `spec.${field}: ${message}` }));
}
