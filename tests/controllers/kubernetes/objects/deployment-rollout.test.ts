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

describe('a Deployment is Programmed', () => {
  it.each<[string, Status, string]>([
    ['once all its pods are new and available', COMPLETE, 'Programmed'],
    ['not while its status is of an older spec', { ...COMPLETE, observedGeneration: 1 }, 'Pending'],
    ['not while pods are old', { ...COMPLETE, updatedReplicas: 1 }, 'Pending'],
    ['not while an old pod is left', { ...COMPLETE, replicas: 3 }, 'Pending'],
    ['not while a pod is not available', { ...COMPLETE, availableReplicas: 1 }, 'Pending'],
    ['not without a status', {}, 'Pending'],
    ['not after its deadline', { ...COMPLETE, ...progressing('ProgressDeadlineExceeded') }, 'RolloutFailed'],
    ['whatever form conditions have', { ...COMPLETE, conditions: [null, 1, { type: 'Progressing' }] }, 'Programmed'],
  ])('%s', (_when, status, reason) => {
    expect(programmedBy(deployment(status), true).reason).toBe(reason);
    expect(programmedBy(deployment(status), false).reason).toBe('Pending');
  });

  it('with no replicas, if none are wanted', () => {
    expect(programmedBy(deployment({ observedGeneration: 2 }, 0), true).status).toBe('True');
  });

  it('not before there is one', () => {
    expect(programmedBy(undefined, true).reason).toBe('Pending');
  });
});

describe('a rollout is under way', () => {
  it.each<[string, Status, boolean]>([
    ['until its new pods are there', { observedGeneration: 2, ...progressing('ReplicaSetUpdated') }, true],
    ['without a condition', { observedGeneration: 2 }, true],
    ['while its status is of an older spec', { observedGeneration: 1, ...progressing('NewReplicaSetAvailable') }, true],
    ['not once it is complete', { observedGeneration: 2, ...progressing('NewReplicaSetAvailable') }, false],
    ['not once it has failed', { observedGeneration: 2, ...progressing('ProgressDeadlineExceeded') }, false],
    ['not while it is paused', { observedGeneration: 2, ...progressing('DeploymentPaused') }, false],
  ])('%s', (_when, status, expected) => {
    expect(isUnderWay(deployment(status))).toBe(expected);
  });

  it('not before there is a Deployment', () => {
    expect(isUnderWay(undefined)).toBe(false);
  });
});
