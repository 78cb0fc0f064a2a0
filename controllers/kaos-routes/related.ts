import type { RelatedRule } from '../contract.ts';
import { gatewayClassRules } from '../gateway-api/timeout-support.ts';
import type { Settings } from '../settings.ts';
import type { RoutedResource } from './observed.ts';

/** Asks for the class of the Gateway if timeouts depend on it. */
export function related(_resource: RoutedResource, { gatewayApi }: Settings): readonly RelatedRule[] {
  return gatewayClassRules(gatewayApi);
}
