import { describe, expect, it } from 'vitest';
import { selectsLabels } from '../../../controllers/kubernetes/objects/label-selector.ts';
import { child, gateway, type KubernetesObject, observed, sync, UID } from '../../support/gateways.ts';

const AUTOSCALED = 'agent-gateway-hooks/autoscaled';
const autoscaled = (value: string, spec: object = {}) => gateway(spec, { annotations: { [AUTOSCALED]: value } });

/** The observed children of a gateway whose Deployment somebody scaled. */
function scaled(parent: KubernetesObject, replicas: number): KubernetesObject[] {
  return observed(sync({ parent }).attachments).map((object) =>
    object.kind === 'Deployment' ? { ...object, spec: { ...(object['spec'] as object), replicas } } : object,
  );
}

describe('the number of pods of a gateway', () => {
  it('is that of the spec, whoever scales the Deployment', () => {
    const parent = gateway({ replicas: 2 });
    expect(sync({ parent, children: scaled(parent, 5) }).deployment.spec.replicas).toBe(2);
  });

  it.each([5, 1, 0])('is left to others by an annotation: %i', (replicas) => {
    const parent = autoscaled('true', { replicas: 2 });
    const { deployment, conditions } = sync({ parent, children: scaled(parent, replicas) });
    expect(deployment.spec.replicas).toBe(replicas);
    expect(conditions['Accepted']).toMatchObject({ status: 'True' });
  });

  it('is that of the spec when the Deployment is created', () => {
    expect(sync({ parent: autoscaled('true', { replicas: 2 }) }).deployment.spec.replicas).toBe(2);
  });

  it('stays at the switch to an autoscaler', () => {
    const before = gateway({ replicas: 3 });
    const children = observed(sync({ parent: before }).attachments);
    expect(sync({ parent: autoscaled('true', { replicas: 3 }), children }).deployment.spec.replicas).toBe(3);
  });

  it('is that of the spec if the annotation is not valid, which the status says', () => {
    const parent = autoscaled('yes', { replicas: 2 });
    const { deployment, conditions } = sync({ parent, children: scaled(parent, 5) });
    expect(deployment.spec.replicas).toBe(2);
    expect(conditions['Accepted']).toMatchObject({
      reason: 'InvalidReplicas',
      message: `metadata.annotations.${AUTOSCALED}: "yes" is not valid, so false is used; expected true or false`,
    });
  });

  it('does not change the pods', () => {
    const pods = (parent: KubernetesObject) => JSON.stringify(sync({ parent }).pod);
    expect(pods(gateway({ replicas: 2 }))).toBe(pods(gateway({ replicas: 1 })));
    expect(pods(autoscaled('true'))).toBe(pods(gateway()));
  });
});

const budgetOf = (attachments: readonly KubernetesObject[]) => child(attachments, 'PodDisruptionBudget');

function budgetOfOther(name: string, selector: unknown, more: object = {}): KubernetesObject {
  return {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: { name, namespace: 'team', ...more },
    spec: { selector },
  };
}

describe('the budget of a gateway', () => {
  it('lets node drains evict one of several pods at a time', () => {
    const { attachments } = sync({ parent: gateway({ replicas: 2, commonMetadata: { labels: { team: 'x' } } }) });
    expect(budgetOf(attachments)).toEqual({
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      metadata: { name: 'gw', namespace: 'team', labels: { team: 'x', app: 'gw' } },
      spec: { maxUnavailable: 1, unhealthyPodEvictionPolicy: 'AlwaysAllow', selector: { matchLabels: { app: 'gw' } } },
    });
  });

  it('does not exist for one pod, and goes when the gateway is back at one', () => {
    const children = observed(sync({ parent: gateway({ replicas: 2 }) }).attachments);
    expect(budgetOf(children)).toBeDefined();
    expect(budgetOf(sync({ parent: gateway({ replicas: 1 }), children }).attachments)).toBeUndefined();
    expect(budgetOf(sync({}).attachments)).toBeUndefined();
  });

  it.each([1, 5])('stays while others scale the gateway, also at %i', (replicas) => {
    const parent = autoscaled('true');
    expect(budgetOf(sync({ parent, children: scaled(parent, replicas) }).attachments)).toBeDefined();
  });

  it.each<[string, KubernetesObject]>([
    ['selects the pods', budgetOfOther('mine', { matchLabels: { app: 'gw' } })],
    ['selects the pods by their own labels', budgetOfOther('mine', { matchLabels: { tier: 'y' } })],
    ['selects all pods', budgetOfOther('mine', {})],
    [
      'selects the pods by an expression',
      budgetOfOther('mine', { matchExpressions: [{ key: 'app', operator: 'Exists' }] }),
    ],
    ['cannot be read', budgetOfOther('mine', { matchLabels: 'app=gw' })],
    ['has its name', budgetOfOther('gw', { matchLabels: { app: 'other' } })],
    [
      'has its name and another owner',
      budgetOfOther('gw', undefined, { ownerReferences: [{ uid: 'other', controller: true }] }),
    ],
  ])('is not made beside one of others that %s: with two, no pod could be evicted', (_what, other) => {
    const parent = gateway({ replicas: 2, podMetadata: { labels: { tier: 'y' } } });
    const { attachments, deployment, conditions } = sync({ parent, related: [other] });
    expect(budgetOf(attachments)).toBeUndefined();
    expect(deployment).toBeDefined();
    expect(conditions['Accepted']).toMatchObject({ status: 'True' });
  });

  it.each<[string, KubernetesObject]>([
    ['of others for other pods', budgetOfOther('mine', { matchLabels: { app: 'other' } })],
    ['of others for no pods', budgetOfOther('mine', undefined)],
    ['of the gateway itself', budgetOfOther('gw', {}, { ownerReferences: [{ uid: UID, controller: true }] })],
  ])('is made beside one %s', (_what, other) => {
    const { attachments } = sync({ parent: gateway({ replicas: 2 }), related: [other] });
    expect(budgetOf(attachments)).toBeDefined();
  });
});

describe('a label selector', () => {
  const labels = { app: 'gw', tier: 'y' };
  const expression = (operator: string, key: string, values?: string[]) => ({
    matchExpressions: [{ key, operator, ...(values && { values }) }],
  });

  it.each([
    [undefined, false],
    [null, false],
    [{}, true],
    [{ matchLabels: { app: 'gw', tier: 'y' } }, true],
    [{ matchLabels: { app: 'gw', tier: 'x' } }, false],
    [{ matchLabels: { constructor: 'x' } }, false],
    [expression('In', 'app', ['a', 'gw']), true],
    [expression('In', 'app', ['a']), false],
    [expression('In', 'zone', ['a']), false],
    [expression('NotIn', 'app', ['a']), true],
    [expression('NotIn', 'app', ['gw']), false],
    [expression('NotIn', 'zone', ['a']), true],
    [expression('Exists', 'app'), true],
    [expression('Exists', 'zone'), false],
    [expression('DoesNotExist', 'zone'), true],
    [expression('DoesNotExist', 'app'), false],
    [{ matchLabels: { app: 'gw' }, ...expression('DoesNotExist', 'tier') }, false],
  ])('%j selects: %s', (selector, expected) => {
    expect(selectsLabels(selector, labels)).toBe(expected);
  });
});
