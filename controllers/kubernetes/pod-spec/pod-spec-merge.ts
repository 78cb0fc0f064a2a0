import type { PlainObject } from '../../data/plain-object.ts';
import type { MergeProblem } from './merge-problem.ts';
import { podSpecField } from './pod-spec-fields.ts';
import { merge } from './strategic-merge.ts';

/** A merged PodSpec, and the parts of the override that are not used or may be wrong. */
export interface MergedPodSpec {
  readonly podSpec: PlainObject;
  readonly problems: readonly MergeProblem[];
}

/**
 * Merges a user's override over a generated PodSpec, like a strategic merge patch: `null` removes a field, and new items come
 * before the rest of the generated ones. Unlike a patch, it replaces a probe, volume or variable with one of another type
 * instead of keeping both. A part that the API server would reject is not used, if the table knows the rule: one invalid
 * field would make the API server reject the whole Deployment.
 * https://kubernetes.io/docs/tasks/manage-kubernetes-objects/update-api-object-kubectl-patch/
 */
export function mergePodSpec(generated: PlainObject, override: unknown = {}): MergedPodSpec {
  const place = { path: 'podSpec', field: podSpecField };
  const { value, problems } = merge(generated, override, place);
  return { podSpec: value as PlainObject, problems };
}
