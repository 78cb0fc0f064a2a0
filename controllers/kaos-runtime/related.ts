import type { RelatedRule } from '../contract.ts';
import { gatewayKind } from '../kubernetes/gateway.ts';
import { httpRouteStatusKind } from '../kubernetes/http-route-status.ts';
import type { Kind } from '../kubernetes/kind.ts';
import { codeUnitOrder } from '../order.ts';
import type { Settings } from '../settings.ts';
import type { ChildName } from './name-conflict.ts';

const OBJECT_NAME = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

/** By name alone. No rule where there is no name that an object can have: an empty list would select everything. */
export function named(kind: Kind, namespace: string, names: readonly string[]): RelatedRule[] {
  const possible = names.filter((name) => name.length <= 253 && OBJECT_NAME.test(name));
  const [first, ...others] = [...new Set(possible)].sort(codeUnitOrder);
  const { apiVersion, resource } = kind;
  return first === undefined ? [] : [{ apiVersion, resource, namespace, names: [first, ...others] }];
}

/** Objects with the names of a resource's children, so that no foreign one is seized. */
export function sameNames(children: readonly ChildName[], namespace: string): RelatedRule[] {
  return children.flatMap(({ kind, name }) => named(kind, namespace, [name]));
}

/** The resource's route and its Gateway, while there are routes: without the Gateway API the engine knows no such kinds. */
export function gatewayRules(
  { routeName, namespace }: { readonly routeName: string | undefined; readonly namespace: string },
  { gatewayApi, kaosRuntime }: Settings,
): RelatedRule[] {
  if (!gatewayApi.enabled) {
    return [];
  }
  const { gateway } = gatewayApi;
  return [
    ...(routeName === undefined ? [] : named(httpRouteStatusKind, namespace, [routeName])),
    ...(kaosRuntime.gatewayAddress === undefined ? named(gatewayKind, gateway.namespace, [gateway.name]) : []),
  ];
}
