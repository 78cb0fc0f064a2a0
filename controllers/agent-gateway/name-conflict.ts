import type { ObservedObject } from '../contract.ts';
import { foreignChild, ownsAll } from '../engine/child-names.ts';
import { configMapReading } from '../kubernetes/kinds/config-map.ts';
import { deploymentReading } from '../kubernetes/kinds/deployment.ts';
import { controllerUid } from '../kubernetes/kinds/owner.ts';
import { serviceReading } from '../kubernetes/kinds/service.ts';
import type { Agent } from '../resources/agentic-layer/agent.ts';
import type { AgentGateway } from '../resources/agentic-layer/agent-gateway.ts';
import { configMapName } from './children/config-map.ts';

interface Neighbours {
  readonly agents: readonly Agent[];
  readonly related: readonly ObservedObject[];
}

/**
 * The foreign object that already has the name of one of the gateway's children, if any. The engine applies by force, so such
 * an object must be found first. An Agent with the gateway's name counts, since it has a Deployment and a Service of that name,
 * until the gateway has its own: then the Agent came later, and must not stop the gateway.
 */
export function whyNameConflict({ metadata }: AgentGateway, { agents, related }: Neighbours): string | undefined {
  const { name, namespace, uid } = metadata;
  const isOurs = (value: unknown) => uid !== undefined && controllerUid(value) === uid;
  const ofAgents = [
    { reading: deploymentReading, name },
    { reading: serviceReading, name },
  ];
  const hasNamesake = agents.some((agent) => agent.metadata.name === name && agent.metadata.namespace === namespace);
  if (hasNamesake && !ownsAll({ children: ofAgents, namespace }, related, isOurs)) {
    return `Agent ${namespace}/${name} has a Deployment and a Service of the same name; rename the gateway`;
  }
  const children = [{ reading: configMapReading, name: configMapName(name) }, ...ofAgents];
  const foreign = foreignChild({ children, namespace }, related, isOurs);
  return (
    foreign &&
    `${foreign} already exists, but this gateway does not control it; rename the gateway, or remove the object`
  );
}
