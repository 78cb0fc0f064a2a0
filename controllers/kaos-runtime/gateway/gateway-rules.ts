import type { RelatedRule } from '../../contract.ts';
import { sameNames } from '../../engine/child-names.ts';
import { byNames } from '../../engine/related-rule.ts';
import { publishedAs } from '../../gateway-api/published-gateway.ts';
import { observedHttpRouteReading } from '../../kubernetes/kinds/observed-http-route.ts';
import type { Settings } from '../../settings.ts';

/** Asks for the resource's route and the address of its Gateway, but not if the Gateway API is off: its CRDs may then be missing. */
export function gatewayRules(
  { routeName, namespace }: { readonly routeName: string | undefined; readonly namespace: string },
  { gatewayApi, kaosRuntime }: Settings,
): RelatedRule[] {
  if (!gatewayApi.enabled) {
    return [];
  }
  const { gateway } = gatewayApi;
  return [
    ...(routeName === undefined ? [] : byNames(observedHttpRouteReading, namespace, [routeName])),
    ...(kaosRuntime.gatewayAddress === undefined ? sameNames([publishedAs(gateway)], gateway.namespace) : []),
  ];
}
