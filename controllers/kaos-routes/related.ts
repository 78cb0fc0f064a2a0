import { hasCallers } from '../access/callers.ts';
import type { RelatedRule } from '../contract.ts';
import { byNames } from '../engine/related-rule.ts';
import { gatewayClassRules } from '../gateway-api/timeout-support.ts';
import { networkPolicyReading } from '../kubernetes/kinds/network-policy.ts';
import { securityPolicyReading } from '../kubernetes/kinds/policy.ts';
import { callersPolicyName, namingOf } from '../resources/kaos/naming.ts';
import type { Settings } from '../settings.ts';
import type { RoutedResource } from './observed.ts';

/**
 * Asks for the class of the Gateway if routes depend on it, and for the policy that KAOS 0.8 makes for the route, if we make one too,
 * and for the NetworkPolicy by which the KAOS runtime limits who connects, if any rule has `from`.
 * It depends on the settings alone, and not on what the rules say of this resource: Metacontroller keeps this answer until the spec
 * changes, and a change of labels is none of the spec.
 */
export function related(resource: RoutedResource, settings: Settings): readonly RelatedRule[] {
  const { access, gatewayApi, kaosRuntime } = settings;
  const { namespace } = resource.metadata;
  const naming = namingOf(resource);
  const makesPolicies = gatewayApi.enabled && access.dialect === 'envoy-gateway';
  const needsCallers = gatewayApi.enabled && kaosRuntime.enabled && hasCallers(access.rules);
  return [
    ...gatewayClassRules(settings),
    ...(makesPolicies ? byNames(securityPolicyReading, namespace, [naming.routeName]) : []),
    ...(needsCallers ? byNames(networkPolicyReading, namespace, [callersPolicyName(naming)]) : []),
  ];
}
