import type { ChildName } from '../../engine/child-names.ts';
import { deploymentReading } from '../../kubernetes/kinds/deployment.ts';
import { serviceReading } from '../../kubernetes/kinds/service.ts';
import { isExposed, namingOf } from '../../resources/kaos/naming.ts';
import type { RuntimeAgent } from '../../resources/kaos/runtime-agent.ts';

/** The kinds of children that Agents have. */
export const AGENT_CHILD_KINDS = [deploymentReading, serviceReading] as const;

/** The children that this Agent asks for: a Deployment, and a Service if it is exposed. */
export function agentChildren(agent: RuntimeAgent): readonly ChildName[] {
  const { serviceName: name } = namingOf(agent);
  return [{ reading: deploymentReading, name }, ...(isExposed(agent) ? [{ reading: serviceReading, name }] : [])];
}
