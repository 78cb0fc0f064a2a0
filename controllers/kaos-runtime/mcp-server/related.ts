import type { RelatedRule } from '../../contract.ts';
import { sameNames } from '../../engine/child-names.ts';
import { byNames } from '../../engine/related-rule.ts';
import { configMapReading } from '../../kubernetes/kinds/config-map.ts';
import { namingOf } from '../../resources/kaos/naming.ts';
import { mcpServerSpec, type RuntimeMcpServer } from '../../resources/kaos/runtime-mcp-server.ts';
import type { Settings } from '../../settings.ts';
import { gatewayRules } from '../gateway/gateway-rules.ts';
import { policyRules } from '../workload/network-policy.ts';
import { mcpServerChildren } from './children.ts';
import { CUSTOM_RUNTIME, REGISTRY_NAME } from './registry.ts';

/** Asks for the registry of runtimes, whose changes count at once, and for objects with children's names. */
export function related(server: RuntimeMcpServer, settings: Settings): readonly RelatedRule[] {
  const { namespace } = server.metadata;
  const { systemNamespace } = settings.kaosRuntime;
  const { routeName } = namingOf(server);
  const isRegistered = mcpServerSpec(server).runtime !== CUSTOM_RUNTIME;
  return [
    ...(isRegistered ? byNames(configMapReading, systemNamespace, [REGISTRY_NAME]) : []),
    ...sameNames(mcpServerChildren(server), namespace),
    ...policyRules({ naming: namingOf(server), namespace }, settings.access),
    ...gatewayRules({ routeName, namespace }, settings),
  ];
}
