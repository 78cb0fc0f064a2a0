import type { RelatedRule } from '../contract.ts';
import { byNames } from '../engine/related-rule.ts';
import { gatewayClassReading } from '../kubernetes/kinds/gateway-class.ts';
import type { Settings } from '../settings.ts';
import type { RoutedResource } from './observed.ts';

/**
 * Asks for the class of the Gateway if timeouts depend on it. Never for the Gateway itself: its status changes with every route,
 * and each change of a related object makes Metacontroller test the rules of all parents.
 */
export function related(_resource: RoutedResource, { gatewayApi }: Settings): readonly RelatedRule[] {
  return gatewayApi.enabled && gatewayApi.timeouts === 'supported' && gatewayApi.gatewayClassName !== undefined
    ? byNames(gatewayClassReading, undefined, [gatewayApi.gatewayClassName])
    : [];
}
