import { codeUnitOrder } from '../../data/order.ts';
import type { PlainObject } from '../../data/plain-object.ts';
import { thousandthsOf } from '../values/quantity.ts';
import { isSidecar, itemsIn, objectIn } from './pod-parts.ts';

type Kind = 'requests' | 'limits';

/** Why the resources of a whole pod do not fit those of its containers. */
export function whyPodResources(pod: PlainObject): string | undefined {
  const { requests, limits } = {
    requests: objectIn(objectIn(pod, 'resources'), 'requests'),
    limits: objectIn(objectIn(pod, 'resources'), 'limits'),
  };
  const below = namesIn(requests).find((name) => together(pod, 'requests', name) > amountOf(requests[name]));
  if (below !== undefined) {
    return `requests.${below} is below what the containers request together`;
  }
  const exceeded = namesIn(limits).find((name) => largestLimit(pod, name) > amountOf(limits[name]));
  return exceeded === undefined ? undefined : `limits.${exceeded} is below a limit of the containers`;
}

/** Limits of huge pages count together, all others for each container. */
function largestLimit(pod: PlainObject, name: string): bigint {
  return name.startsWith('hugepages-')
    ? together(pod, 'limits', name)
    : most(itemsIn(pod, 'containers').map((container) => amountIn(container, 'limits', name)));
}

/** What all containers need at the same time. Init containers run one after the other, beside the sidecars before them. */
function together(pod: PlainObject, kind: Kind, name: string): bigint {
  const initial = itemsIn(pod, 'initContainers').map((container) => ({
    container,
    amount: amountIn(container, kind, name),
  }));
  const sidecarsUntil = (index: number) =>
    sum(initial.slice(0, index).flatMap(({ container, amount }) => (isSidecar(container) ? amount : [])));
  const starting = initial.map(({ amount }, index) => sidecarsUntil(index) + amount);
  const running = sum(itemsIn(pod, 'containers').map((container) => amountIn(container, kind, name)));
  return most([running + sidecarsUntil(initial.length), ...starting]);
}

function amountIn(container: PlainObject, kind: Kind, name: string): bigint {
  return amountOf(objectIn(objectIn(container, 'resources'), kind)[name]);
}

function amountOf(quantity: unknown): bigint {
  return thousandthsOf(quantity) ?? 0n;
}

function sum(amounts: readonly bigint[]): bigint {
  return amounts.reduce((total, amount) => total + amount, 0n);
}

function most(amounts: readonly bigint[]): bigint {
  return [0n, ...amounts].toSorted((a, b) => (a < b ? -1 : 1)).at(-1) ?? 0n;
}

function namesIn(amounts: PlainObject): readonly string[] {
  return Object.keys(amounts).sort(codeUnitOrder);
}
