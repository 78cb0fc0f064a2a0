import type { RelatedRule } from '../contract.ts';
import { byNames } from '../engine/related-rule.ts';
import { gatewayClassRules } from '../gateway-api/timeout-support.ts';
import { securityPolicyReading } from '../kubernetes/kinds/policy.ts';
import { namingOf } from '../resources/kaos/naming.ts';
import type { Settings } from '../settings.ts';
import type { RoutedResource } from './observed.ts';

/**
 * Asks for the class of the Gateway if routes depend on it, and for the policy that KAOS 0.8 makes for the route, if we make one too.
 * It depends on the settings alone, and not on what the rules say of this resource: Metacontroller keeps this answer until the spec
 * changes, and a change of labels is none of the spec.
 */
export function related(resource: RoutedResource, settings: Settings): readonly RelatedRule[] {
  const { access, gatewayApi } = settings;
  const makesPolicies = gatewayApi.enabled && access.dialect === 'envoy-gateway';
  return [
    ...gatewayClassRules(settings),
    ...(makesPolicies
      ? byNames(securityPolicyReading, resource.metadata.namespace, [namingOf(resource).routeName])
      : []),
  ];
}
