import type { RelatedRule } from '../contract.ts';
import { gatewayKind } from '../kubernetes/gateway.ts';
import { httpRouteStatusKind } from '../kubernetes/http-route-status.ts';
import { byNames } from '../kubernetes/related-rule.ts';
import type { Settings } from '../settings.ts';

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
    ...(routeName === undefined ? [] : byNames(httpRouteStatusKind, namespace, [routeName])),
    ...(kaosRuntime.gatewayAddress === undefined ? byNames(gatewayKind, gateway.namespace, [gateway.name]) : []),
  ];
}
