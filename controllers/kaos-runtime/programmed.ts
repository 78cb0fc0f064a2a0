import type { DesiredObject } from '../contract.ts';
import { childNotCreated } from '../engine/child-not-created.ts';
import { notApplied } from '../engine/not-applied.ts';
import { type Deployment, deploymentReading } from '../kubernetes/kinds/deployment.ts';
import type { Condition } from '../kubernetes/objects/conditions.ts';
import { notProgrammed, programmedBy } from '../kubernetes/objects/deployment-rollout.ts';
import type { Observed } from './observed.ts';
import type { Decision } from './plan.ts';
import {
  CONFIG_HASH_ANNOTATION,
  CONFIG_SECRET_HASH_ANNOTATION,
  METADATA_HASH_ANNOTATION,
  POD_SPEC_HASH_ANNOTATION,
} from './workload/workload.ts';

const HASH_ANNOTATIONS = [
  POD_SPEC_HASH_ANNOTATION,
  CONFIG_HASH_ANNOTATION,
  CONFIG_SECRET_HASH_ANNOTATION,
  METADATA_HASH_ANNOTATION,
];

/** The condition Programmed. It is not True if the resource is held, or a child is not as it was answered. */
export function programmed(observed: Observed, { plan, children }: Pick<Decision, 'plan' | 'children'>): Condition {
  if (plan.outcome === 'hold') {
    return notProgrammed(plan.condition === 'Programmed' ? plan.reason : plan.phase, plan.message);
  }
  const { notAdopted, observedChildren, deployment } = observed;
  return notAdopted === undefined
    ? (childNotCreated(notApplied(children, observedChildren), observed) ?? rolledOut(deployment, children))
    : notProgrammed('NameConflict', notAdopted);
}

/** Whether pods of the latest spec have replaced all others and are available. */
function rolledOut(deployment: Deployment | undefined, children: readonly DesiredObject[]): Condition {
  const desired = children.find((child) => deploymentReading.fits(child));
  return programmedBy(deployment, hasSameHashes(deployment, desired));
}

/** Whether the observed pod template has the hashes of the desired one. */
function hasSameHashes(observed: Deployment | undefined, desired: Deployment | undefined): boolean {
  const annotationsOf = ({ spec }: Deployment) => spec.template.metadata?.annotations ?? {};
  return (
    observed !== undefined &&
    desired !== undefined &&
    HASH_ANNOTATIONS.every((key) => annotationsOf(observed)[key] === annotationsOf(desired)[key])
  );
}
