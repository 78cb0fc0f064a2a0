import type { ConditionReason } from '../../condition-reasons.ts';
import { checkOf, type Static, Type } from '../../typebox.ts';
import type { Deployment } from '../kinds/deployment.ts';
import type { Condition } from './conditions.ts';

/** Reasons of the condition Progressing with which no rollout is under way: it is complete, has failed or is paused. */
const AT_REST: readonly unknown[] = ['NewReplicaSetAvailable', 'ProgressDeadlineExceeded', 'DeploymentPaused'];

const Progressing = Type.Object({
  type: Type.Literal('Progressing'),
  reason: Type.Optional(Type.Unknown()),
  lastUpdateTime: Type.Optional(Type.Unknown()),
});
const isProgressing = checkOf(Progressing);

/** The condition Progressing of a Deployment; undefined if it has none. */
export function progressing(deployment: Deployment | undefined): Static<typeof Progressing> | undefined {
  return deployment?.status?.conditions?.find((condition) => isProgressing(condition));
}

/**
 * Whether a rollout of the Deployment is under way, or about to start.
 * https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#deployment-status
 */
export function isUnderWay(deployment: Deployment | undefined): boolean {
  return deployment !== undefined && (isUnseen(deployment) || !AT_REST.includes(progressing(deployment)?.reason));
}

/**
 * The condition Programmed, from a Deployment. `isCurrent` tells whether the Deployment has the latest configuration.
 * https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#complete-deployment
 */
export function programmedBy(deployment: Deployment | undefined, isCurrent: boolean): Condition {
  if (deployment === undefined || !isCurrent) {
    return notProgrammed('Pending', 'The latest configuration is being rolled out');
  }
  if (progressing(deployment)?.reason === 'ProgressDeadlineExceeded') {
    return notProgrammed('RolloutFailed', 'The rollout did not finish in time; see the pods of the Deployment');
  }
  return isComplete(deployment)
    ? { type: 'Programmed', status: 'True', reason: 'Programmed', message: 'The latest configuration is in use' }
    : notProgrammed('Pending', 'The pods are not available yet');
}

/** The condition Programmed with the status False. */
export function notProgrammed(reason: ConditionReason, message: string): Condition {
  return { type: 'Programmed', status: 'False', reason, message };
}

/** Whether all pods have the current template and are available. */
export function isComplete(deployment: Deployment): boolean {
  const { replicas = 0, updatedReplicas = 0, availableReplicas = 0 } = deployment.status ?? {};
  const wanted = deployment.spec.replicas ?? 1;
  const isReplaced = updatedReplicas >= wanted && replicas <= updatedReplicas && availableReplicas >= updatedReplicas;
  return isReplaced && !isUnseen(deployment);
}

/** Whether the Deployment controller has not processed the latest spec yet. */
function isUnseen({ metadata, status }: Deployment): boolean {
  return (status?.observedGeneration ?? 0) < (metadata.generation ?? 0);
}
