import type { Callers } from '../access/callers.ts';
import type { ObservedObject } from '../contract.ts';
import { foreignChild, ownsAll } from '../engine/child-names.ts';
import { configMapReading } from '../kubernetes/kinds/config-map.ts';
import { deploymentReading } from '../kubernetes/kinds/deployment.ts';
import { networkPolicyReading } from '../kubernetes/kinds/network-policy.ts';
import { observedHttpRouteReading } from '../kubernetes/kinds/observed-http-route.ts';
import { controllerUid } from '../kubernetes/kinds/owner.ts';
import { serviceReading } from '../kubernetes/kinds/service.ts';
import type { Agent } from '../resources/agentic-layer/agent.ts';
import type { AgentGateway } from '../resources/agentic-layer/agent-gateway.ts';
import { configMapName } from './children/config-files.ts';

interface Neighbours {
  readonly agents: readonly Agent[];
  readonly related: readonly ObservedObject[];
  /** Who may connect to the gateway's pods, if not everybody: then it has a NetworkPolicy. */
  readonly callers: Callers | undefined;
}

/**
 * The foreign object that already has the name of one of the gateway's children, if any. The engine applies by force, so such
 * an object must be found first. An Agent with the gateway's name counts, since it has a Deployment and a Service of that name,
 * until the gateway has its own: then the Agent came later, and must not stop the gateway.
 */
export function whyNameConflict(
  { metadata }: AgentGateway,
  { agents, related, callers }: Neighbours,
): string | undefined {
  const { name, namespace, uid } = metadata;
  const isOurs = ownedBy(uid);
  const ofAgents = [
    { reading: deploymentReading, name },
    { reading: serviceReading, name },
  ];
  const hasNamesake = agents.some((agent) => agent.metadata.name === name && agent.metadata.namespace === namespace);
  if (hasNamesake && !ownsAll({ children: ofAgents, namespace }, related, isOurs)) {
    return `Agent ${namespace}/${name} has a Deployment and a Service of the same name; rename the gateway`;
  }
  const policies = callers === undefined ? [] : [{ reading: networkPolicyReading, name }];
  const children = [{ reading: configMapReading, name: configMapName(name) }, ...ofAgents, ...policies];
  return whyForeign(foreignChild({ children, namespace }, related, isOurs));
}

/** The same for the gateway's route. Without it the gateway still works, so it stops nothing else. */
export function whyRouteConflict({ metadata }: AgentGateway, related: readonly ObservedObject[]): string | undefined {
  const { name, namespace, uid } = metadata;
  const children = [{ reading: observedHttpRouteReading, name }];
  return whyForeign(foreignChild({ children, namespace }, related, ownedBy(uid)));
}

function ownedBy(uid: string | undefined): (value: unknown) => boolean {
  return (value) => uid !== undefined && controllerUid(value) === uid;
}

function whyForeign(foreign: string | undefined): string | undefined {
  return (
    foreign &&
    `${foreign} already exists, but this gateway does not control it; rename the gateway, or remove the object`
  );
}
