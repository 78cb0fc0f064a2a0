import type { DesiredObject } from '../contract.ts';
import { type Deployment, deploymentReading } from '../kubernetes/kinds/deployment.ts';
import type { Condition } from '../kubernetes/objects/conditions.ts';
import { programmedBy } from '../kubernetes/objects/deployment-rollout.ts';
import {
  CONFIG_HASH_ANNOTATION,
  CONFIG_SECRET_HASH_ANNOTATION,
  POD_SPEC_HASH_ANNOTATION,
} from './workload/workload.ts';

const OWN_ANNOTATIONS = [POD_SPEC_HASH_ANNOTATION, CONFIG_HASH_ANNOTATION, CONFIG_SECRET_HASH_ANNOTATION];

/** Whether pods of the latest spec have replaced all others and are available. */
export function programmed(deployment: Deployment | undefined, children: readonly DesiredObject[]): Condition {
  const desired = children.find((child) => deploymentReading.fits(child));
  return programmedBy(deployment, isSamePod(deployment, desired));
}

function isSamePod(observed: Deployment | undefined, desired: Deployment | undefined): boolean {
  const hashes = ({ spec }: Deployment) => spec.template.metadata?.annotations ?? {};
  return (
    observed !== undefined &&
    desired !== undefined &&
    OWN_ANNOTATIONS.every((key) => hashes(observed)[key] === hashes(desired)[key])
  );
}
