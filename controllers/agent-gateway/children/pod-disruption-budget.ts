import type { DesiredObject } from '../../contract.ts';
import type { PodDisruptionBudget } from '../../kubernetes/kinds/pod-disruption-budget.ts';
import { selectsLabels } from '../../kubernetes/objects/label-selector.ts';
import { type GatewayChild, withoutEmptyAnnotations } from './gateway-child.ts';

interface DesiredBudget extends DesiredObject {
  readonly spec: object;
}

/** Lets node drains evict one pod at a time. Pods that are not ready serve nobody, so they may always go. */
export function podDisruptionBudget({ name, namespace, metadata }: GatewayChild): DesiredBudget {
  return {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: { name, namespace, ...withoutEmptyAnnotations(metadata.common) },
    spec: { maxUnavailable: 1, unhealthyPodEvictionPolicy: 'AlwaysAllow', selector: { matchLabels: { app: name } } },
  };
}

/**
 * Whether others have a budget for the gateway's pods, or one of its name. Then it gets none: Kubernetes evicts no pod that two
 * budgets select. https://kubernetes.io/docs/tasks/run-application/configure-pdb/#arbitrary-controllers-and-selectors
 */
export function hasBudgetOfOthers({ name, metadata }: GatewayChild, others: readonly PodDisruptionBudget[]): boolean {
  return others.some(
    (other) => other.metadata.name === name || selectsLabels(other.spec?.selector, metadata.pod.labels),
  );
}
