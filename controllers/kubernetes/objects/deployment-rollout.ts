import { type Static, Type } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';
import type { Deployment } from '../kinds/deployment.ts';
import type { Condition } from './conditions.ts';

/** Reasons of the Progressing condition that say that nothing is under way, or that it goes on by itself. */
const AT_REST: readonly unknown[] = ['NewReplicaSetAvailable', 'ProgressDeadlineExceeded', 'DeploymentPaused'];

const Progressing = Type.Object({
  type: Type.Literal('Progressing'),
  reason: Type.Optional(Type.Unknown()),
  lastUpdateTime: Type.Optional(Type.Unknown()),
});

/** The condition that tells how far a Deployment's rollout is; undefined if there is none. */
export function progressing(deployment: Deployment | undefined): Static<typeof Progressing> | undefined {
  return deployment?.status?.conditions?.find((condition) => Value.Check(Progressing, condition));
}

/** https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#deployment-status */
export function isUnderWay(deployment: Deployment | undefined): boolean {
  return deployment !== undefined && (isUnseen(deployment) || !AT_REST.includes(progressing(deployment)?.reason));
}

/**
 * The condition Programmed of a Deployment. `isCurrent` says whether the Deployment is of the latest configuration.
 * https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#complete-deployment
 */
export function programmedBy(deployment: Deployment | undefined, isCurrent: boolean): Condition {
  if (deployment === undefined || !isCurrent) {
    return notProgrammed('Pending', 'the latest configuration is being rolled out');
  }
  if (progressing(deployment)?.reason === 'ProgressDeadlineExceeded') {
    return notProgrammed('RolloutFailed', 'the rollout did not finish in time; see the pods of the Deployment');
  }
  return isComplete(deployment)
    ? { type: 'Programmed', status: 'True', reason: 'Programmed', message: 'the latest configuration is in use' }
    : notProgrammed('Pending', 'the pods are not available yet');
}

export function notProgrammed(reason: string, message: string): Condition {
  return { type: 'Programmed', status: 'False', reason, message };
}

/** Whether pods of the present template have replaced all others and are available. */
function isComplete(deployment: Deployment): boolean {
  const { replicas = 0, updatedReplicas = 0, availableReplicas = 0 } = deployment.status ?? {};
  const wanted = deployment.spec.replicas ?? 1;
  const isReplaced = updatedReplicas >= wanted && replicas <= updatedReplicas && availableReplicas >= updatedReplicas;
  return isReplaced && !isUnseen(deployment);
}

/** Whether the Deployment controller has not seen the latest spec yet. */
function isUnseen({ metadata, status }: Deployment): boolean {
  return (status?.observedGeneration ?? 0) < (metadata.generation ?? 0);
}
