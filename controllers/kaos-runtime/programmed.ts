import type { DesiredObject } from '../contract.ts';
import { type Deployment, deploymentReading } from '../kubernetes/kinds/deployment.ts';
import type { Condition } from '../kubernetes/objects/conditions.ts';
import { programmedBy } from '../kubernetes/objects/deployment-rollout.ts';
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

/** The condition Programmed: whether pods of the latest spec have replaced all others and are available. */
export function programmed(deployment: Deployment | undefined, children: readonly DesiredObject[]): Condition {
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
