import type { ChildName } from '../../engine/child-names.ts';
import { deploymentStatusReading } from '../../kubernetes/kinds/deployment-status.ts';
import { serviceReading } from '../../kubernetes/kinds/service.ts';
import { isExposed, namingOf } from '../../resources/kaos/naming.ts';
import type { RuntimeAgent } from '../../resources/kaos/runtime-agent.ts';

/** The kinds of children that Agents have. */
export const AGENT_CHILD_KINDS = [deploymentStatusReading, serviceReading] as const;

/** The children that this Agent asks for: only an exposed one has a Service. */
export function agentChildren(agent: RuntimeAgent): readonly ChildName[] {
  const { serviceName: name } = namingOf(agent);
  return [{ reading: deploymentStatusReading, name }, ...(isExposed(agent) ? [{ reading: serviceReading, name }] : [])];
}
