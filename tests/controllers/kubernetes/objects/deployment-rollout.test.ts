import { describe, expect, it } from 'vitest';
import type { Deployment } from '../../../../controllers/kubernetes/kinds/deployment.ts';
import { isUnderWay, programmedBy } from '../../../../controllers/kubernetes/objects/deployment-rollout.ts';

type Status = NonNullable<Deployment['status']>;

const COMPLETE = { observedGeneration: 2, replicas: 2, updatedReplicas: 2, availableReplicas: 2 };

function deployment(status: Status, replicas = 2): Deployment {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'gw', namespace: 'team', generation: 2 },
    spec: { replicas, template: {} },
    status,
  };
}

const progressing = (reason: unknown) => ({ conditions: [{ type: 'Progressing', status: 'True', reason }] });

describe('a Deployment', () => {
  it.each<[string, Status, string]>([
    ['is Programmed once all its pods are new and available', COMPLETE, 'Programmed'],
    [
      'is not Programmed while its status belongs to an older generation',
      { ...COMPLETE, observedGeneration: 1 },
      'Pending',
    ],
    ['is not Programmed while pods are old', { ...COMPLETE, updatedReplicas: 1 }, 'Pending'],
    ['is not Programmed while an old pod still exists', { ...COMPLETE, replicas: 3 }, 'Pending'],
    ['is not Programmed while a pod is not available', { ...COMPLETE, availableReplicas: 1 }, 'Pending'],
    ['is not Programmed without a status', {}, 'Pending'],
    [
      'is not Programmed after its deadline',
      { ...COMPLETE, ...progressing('ProgressDeadlineExceeded') },
      'RolloutFailed',
    ],
    [
      'is Programmed even if its conditions are malformed',
      { ...COMPLETE, conditions: [null, 1, { type: 'Progressing' }] },
      'Programmed',
    ],
  ])('%s', (_when, status, reason) => {
    expect(programmedBy(deployment(status), true).reason).toBe(reason);
    expect(programmedBy(deployment(status), false).reason).toBe('Pending');
  });

  it('is Programmed without replicas if none are wanted', () => {
    expect(programmedBy(deployment({ observedGeneration: 2 }, 0), true).status).toBe('True');
  });

  it('is not Programmed before it exists', () => {
    expect(programmedBy(undefined, true).reason).toBe('Pending');
  });
});

describe('a rollout', () => {
  it.each<[string, Status, boolean]>([
    [
      'is in progress until its new pods are complete',
      { observedGeneration: 2, ...progressing('ReplicaSetUpdated') },
      true,
    ],
    ['is in progress without a condition', { observedGeneration: 2 }, true],
    [
      'is in progress while the status belongs to an older generation',
      { observedGeneration: 1, ...progressing('NewReplicaSetAvailable') },
      true,
    ],
    [
      'is not in progress once it is complete',
      { observedGeneration: 2, ...progressing('NewReplicaSetAvailable') },
      false,
    ],
    [
      'is not in progress once it has failed',
      { observedGeneration: 2, ...progressing('ProgressDeadlineExceeded') },
      false,
    ],
    ['is not in progress while it is paused', { observedGeneration: 2, ...progressing('DeploymentPaused') }, false],
  ])('%s', (_when, status, expected) => {
    expect(isUnderWay(deployment(status))).toBe(expected);
  });

  it('is not in progress before the Deployment exists', () => {
    expect(isUnderWay(undefined)).toBe(false);
  });
});
