import type { KaosAcceptedReason } from '../condition-reasons.ts';
import { shown } from '../data/quote.ts';
import type { MergeProblem } from '../kubernetes/pod-spec/merge-problem.ts';

/** A problem with a part of the spec. It does not stop the resource. */
export interface SpecComplaint {
  readonly reason: KaosAcceptedReason;
  readonly message: string;
}

/** A complaint for each part of the spec that the merge refused. */
export function complaintsOf(reason: KaosAcceptedReason, problems: readonly MergeProblem[]): readonly SpecComplaint[] {
  return problems.map((problem) => ({ reason, message: mergeMessage(problem) }));
}

/** The field's path in the resource, and why the merge refused it. */
export function mergeMessage({ field, message }: MergeProblem): string {
  return `spec.${field}: ${message}`;
}

/** A complaint for each field that no version of KAOS has that this service follows. */
export function unknownFieldComplaints(fields: readonly string[]): readonly SpecComplaint[] {
  return fields.map((field) => ({
    reason: 'NoEffect',
    message: `${shown(field)}: this service does not know the field; remove it, or correct its spelling`,
  }));
}
