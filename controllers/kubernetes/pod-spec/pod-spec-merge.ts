import type { PlainObject } from '../../data/plain-object.ts';
import type { MergeProblem } from './merge-problem.ts';
import { podSpecField } from './pod-spec-fields.ts';
import { merge } from './strategic-merge.ts';
import { unknownFields } from './unknown-fields.ts';

/** A merged PodSpec, and what of the override could not be taken. */
export interface MergedPodSpec {
  readonly podSpec: PlainObject;
  readonly problems: readonly MergeProblem[];
}

/**
 * A generated PodSpec with a user's override merged over it, as a strategic merge patch does: `null` removes a field,
 * and an item that only the override has comes before those that it is not ordered against. Another kind of probe,
 * volume or variable replaces the generated one, which a patch would leave beside it. What the API server would refuse is
 * not taken, as far as that is known here: one wrong field would cost the whole Deployment.
 * https://kubernetes.io/docs/tasks/manage-kubernetes-objects/update-api-object-kubectl-patch/
 */
export function mergePodSpec(generated: PlainObject, override: unknown = {}): MergedPodSpec {
  const place = { path: 'podSpec', field: podSpecField };
  const { value, problems } = merge(generated, override, place);
  return { podSpec: value as PlainObject, problems: [...problems, ...unknownFields(override, place)] };
}
