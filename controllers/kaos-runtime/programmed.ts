import { Type } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';
import type { DesiredObject } from '../contract.ts';
import type { DeploymentStatus } from '../kubernetes/kinds/deployment-status.ts';
import { deploymentStatusReading } from '../kubernetes/kinds/deployment-status.ts';
import type { Condition } from '../kubernetes/objects/conditions.ts';
import {
  CONFIG_HASH_ANNOTATION,
  CONFIG_SECRET_HASH_ANNOTATION,
  POD_SPEC_HASH_ANNOTATION,
} from './workload/workload.ts';

const OWN_ANNOTATIONS = [POD_SPEC_HASH_ANNOTATION, CONFIG_HASH_ANNOTATION, CONFIG_SECRET_HASH_ANNOTATION];

const Stalled = Type.Object({
  type: Type.Literal('Progressing'),
  reason: Type.Literal('ProgressDeadlineExceeded'),
});

/** Whether pods of the present spec have replaced all others and are available. */
export function programmed(deployment: DeploymentStatus | undefined, children: readonly DesiredObject[]): Condition {
  const desired = children.find((child) => deploymentStatusReading.fits(child));
  if (deployment === undefined || !isSamePod(deployment, desired)) {
    return notProgrammed('Pending', 'The present spec is being rolled out');
  }
  if (deployment.status?.conditions?.some((condition) => Value.Check(Stalled, condition))) {
    return notProgrammed('RolloutFailed', 'The rollout did not finish in time; see the pods of the Deployment');
  }
  return isRolledOut(deployment)
    ? { type: 'Programmed', status: 'True', reason: 'Programmed', message: 'The present spec is served' }
    : notProgrammed('Pending', 'The pods are not available yet');
}

function isSamePod(observed: DeploymentStatus, desired: DeploymentStatus | undefined): boolean {
  const hashes = ({ spec }: DeploymentStatus) => spec.template.metadata?.annotations ?? {};
  return desired !== undefined && OWN_ANNOTATIONS.every((key) => hashes(observed)[key] === hashes(desired)[key]);
}

/** https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#complete-deployment */
function isRolledOut({ metadata, spec, status = {} }: DeploymentStatus): boolean {
  const { observedGeneration = 0, replicas = 0, updatedReplicas = 0, availableReplicas = 0 } = status;
  const wanted = spec.replicas ?? 1;
  const isSeen = observedGeneration >= (metadata.generation ?? 0);
  return isSeen && updatedReplicas >= wanted && replicas <= updatedReplicas && availableReplicas >= updatedReplicas;
}

export function notProgrammed(reason: string, message: string): Condition {
  return { type: 'Programmed', status: 'False', reason, message };
}
