import type { RelatedRule } from '../../contract.ts';
import { sameNames } from '../../engine/child-names.ts';
import { byNames } from '../../engine/related-rule.ts';
import {
  mcpServerDependencyReading,
  memoryStoreDependencyReading,
  modelApiDependencyReading,
} from '../../resources/kaos/dependency.ts';
import { isExposed, namingOf } from '../../resources/kaos/naming.ts';
import { agentSpec, type RuntimeAgent, runtimeAgentReading } from '../../resources/kaos/runtime-agent.ts';
import type { Settings } from '../../settings.ts';
import { gatewayRules } from '../gateway/gateway-rules.ts';
import { policyRules } from '../workload/network-policy.ts';
import { agentChildren } from './children.ts';
import { storeName } from './memory.ts';

/** Asks for the Agent's ModelAPI, MCPServers, peers and MemoryStore, whose changes count at once, and for objects with children's names. */
export function related(agent: RuntimeAgent, settings: Settings): readonly RelatedRule[] {
  const { namespace } = agent.metadata;
  const spec = agentSpec(agent);
  const routeName = isExposed(agent) ? namingOf(agent).routeName : undefined;
  return [
    ...byNames(modelApiDependencyReading, namespace, [spec.modelAPI]),
    ...byNames(mcpServerDependencyReading, namespace, spec.mcpServers ?? []),
    ...byNames(runtimeAgentReading, namespace, spec.agentNetwork?.access ?? []),
    ...byNames(memoryStoreDependencyReading, namespace, settings.kaosRuntime.hasMemoryStores ? storeName(spec) : []),
    ...sameNames(agentChildren(agent, settings.kaosRuntime), namespace),
    ...policyRules({ naming: namingOf(agent), namespace }, settings.access),
    ...gatewayRules({ routeName, namespace }, settings),
  ];
}
