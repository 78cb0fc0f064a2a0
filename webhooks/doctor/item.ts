import type { PlainObject } from '../../controllers/data/plain-object.ts';
import { shown } from '../../controllers/data/quote.ts';
import { fieldAt, mapAt, mapsAt, textAt } from './fields.ts';

/** An object as kubectl prints it. */
export interface Item {
  readonly kind: string;
  readonly name: string;
  /** Empty for a cluster-scoped object. */
  readonly namespace: string;
  readonly object: PlainObject;
}

/** kubectl leaves the names of the kind out of the items of some lists. */
export function itemOf(object: PlainObject, kind: string): Item {
  return {
    kind,
    name: textAt(object, 'metadata', 'name'),
    namespace: textAt(object, 'metadata', 'namespace'),
    object,
  };
}

/** `Deployment kaos-system/agent-gateway-hooks`, or `GatewayClass envoy-gateway`. */
export function nameText({ kind, namespace, name }: Pick<Item, 'kind' | 'name' | 'namespace'>): string {
  return shown(`${kind} ${namespace === '' ? name : `${namespace}/${name}`}`);
}

export function labelOf({ object }: Item, label: string): string {
  return textAt(object, 'metadata', 'labels', label);
}

export function annotationOf({ object }: Item, annotation: string): string {
  return textAt(object, 'metadata', 'annotations', annotation);
}

/** A condition of a status. */
export interface FoundCondition {
  readonly type: string;
  readonly status: string;
  readonly reason: string;
  readonly message: string;
  /** When it got this status, in the format of Kubernetes. */
  readonly since: string;
}

/** The conditions of a status, or of a part of one, such as a listener. */
export function conditionsIn(status: unknown): readonly FoundCondition[] {
  return mapsAt(status, 'conditions').map((condition) => ({
    type: textAt(condition, 'type'),
    status: textAt(condition, 'status'),
    reason: textAt(condition, 'reason'),
    message: textAt(condition, 'message'),
    since: textAt(condition, 'lastTransitionTime'),
  }));
}

export function conditionOf(status: unknown, type: string): FoundCondition | undefined {
  return conditionsIn(status).find((condition) => condition.type === type);
}

/** `Accepted is False, NoMatchingParent: no listener …`. */
export function conditionText({ type, status, reason, message }: FoundCondition): string {
  const why = [reason, message].filter((text) => text !== '').join(': ');
  return `${type} is ${status}${why === '' ? '' : `, ${why}`}`;
}

/** Whether labels have all these values. An empty selector selects nothing, as that of a Service. */
export function hasLabels({ object }: Item, selector: PlainObject): boolean {
  const labels = mapAt(object, 'metadata', 'labels');
  const wanted = Object.entries(selector);
  return wanted.length > 0 && wanted.every(([name, value]) => fieldAt(labels, name) === value);
}
