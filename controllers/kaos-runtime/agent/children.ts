import type { ChildName } from '../../engine/child-names.ts';
import { deploymentReading } from '../../kubernetes/kinds/deployment.ts';
import { networkPolicyReading } from '../../kubernetes/kinds/network-policy.ts';
import { serviceReading } from '../../kubernetes/kinds/service.ts';
import { serviceAccountReading } from '../../kubernetes/kinds/service-account.ts';
import { isExposed, namingOf } from '../../resources/kaos/naming.ts';
import type { RuntimeAgent } from '../../resources/kaos/runtime-agent.ts';
import type { KaosRuntimeSettings } from '../../settings.ts';
import { accountChild } from './identity.ts';

/** The kinds of children that Agents have. */
export const AGENT_CHILD_KINDS = [
  deploymentReading,
  networkPolicyReading,
  serviceReading,
  serviceAccountReading,
] as const;

/** The children that this Agent asks for: a Deployment, a Service if it is exposed, and an account if Agents have an identity. */
export function agentChildren(agent: RuntimeAgent, settings: KaosRuntimeSettings): readonly ChildName[] {
  const { serviceName: name } = namingOf(agent);
  return [
    { reading: deploymentReading, name },
    ...(isExposed(agent) ? [{ reading: serviceReading, name }] : []),
    ...accountChild(agent.metadata.name, settings),
  ];
}
