import type { RelatedRule } from '../contract.ts';
import { configMapKind, secretKind } from '../kubernetes/config-map.ts';
import { deploymentKind } from '../kubernetes/deployment.ts';
import type { Kind } from '../kubernetes/kind.ts';
import { byNames } from '../kubernetes/related-rule.ts';
import { serviceKind } from '../kubernetes/service.ts';
import { agentKind } from '../resources/agentic-layer/agent.ts';
import type { AgentGateway } from '../resources/agentic-layer/agent-gateway.ts';
import { agentGatewayClassKind } from '../resources/agentic-layer/agent-gateway-class.ts';
import type { Settings } from '../settings.ts';
import { configMapName } from './config-map.ts';
import { type Reference, references } from './references.ts';

/**
 * All agents and classes of the cluster; by name the objects that the environment refers to, and those with the names of
 * our own children, so that no foreign one is seized.
 */
export function related(gateway: AgentGateway, { agentGateway }: Settings): readonly RelatedRule[] {
  const { name, namespace } = gateway.metadata;
  const all = references(gateway);
  const namesOf = (kind: Reference['kind']) =>
    all.filter((reference) => reference.kind === kind).map((reference) => reference.name);
  const secrets = agentGateway.referenceHashKey === undefined ? [] : namesOf('Secret');
  return [
    everywhere(agentKind),
    everywhere(agentGatewayClassKind),
    ...byNames(configMapKind, namespace, [configMapName(name), ...namesOf('ConfigMap')]),
    ...byNames(secretKind, namespace, secrets),
    ...byNames(deploymentKind, namespace, [name]),
    ...byNames(serviceKind, namespace, [name]),
  ];
}

function everywhere({ apiVersion, resource }: Kind): RelatedRule {
  return { apiVersion, resource };
}
