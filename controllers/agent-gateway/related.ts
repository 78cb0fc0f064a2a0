import { hasCallers } from '../access/callers.ts';
import type { RelatedRule } from '../contract.ts';
import { whyTooLarge } from '../data/size.ts';
import { byNames } from '../engine/related-rule.ts';
import { gatewayClassRules } from '../gateway-api/timeout-support.ts';
import { configMapReading, secretReading } from '../kubernetes/kinds/config-map.ts';
import { deploymentReading } from '../kubernetes/kinds/deployment.ts';
import { networkPolicyReading } from '../kubernetes/kinds/network-policy.ts';
import { observedHttpRouteReading } from '../kubernetes/kinds/observed-http-route.ts';
import { podDisruptionBudgetReading } from '../kubernetes/kinds/pod-disruption-budget.ts';
import { serviceReading } from '../kubernetes/kinds/service.ts';
import type { Reading } from '../reading.ts';
import { agentReading } from '../resources/agentic-layer/agent.ts';
import type { AgentGateway } from '../resources/agentic-layer/agent-gateway.ts';
import { agentGatewayClassReading } from '../resources/agentic-layer/agent-gateway-class.ts';
import type { Settings } from '../settings.ts';
import { COMPONENT } from './children/child-metadata.ts';
import { configMapName } from './children/config-files.ts';
import { type EnvironmentReference, environmentReferences } from './environment/references.ts';

/**
 * Asks for all selected Agents and all AgentGatewayClasses; and, by name, for the objects that the environment refers to and for objects
 * with the names of the gateway's children, so that a foreign one is not overwritten. Any PodDisruptionBudget of the namespace may
 * select the gateway's pods.
 */
export function related(gateway: AgentGateway, settings: Settings): readonly RelatedRule[] {
  const { agentSelector, referenceHashKey } = settings.agentGateway;
  const { name, namespace } = gateway.metadata;
  // A gateway whose spec is too large is refused, and needs nothing of what the spec refers to.
  const all = whyTooLarge(gateway.spec) === undefined ? environmentReferences(name, gateway.spec ?? {}) : [];
  const namesOf = (kind: EnvironmentReference['kind']) =>
    all.filter((reference) => reference.kind === kind).map((reference) => reference.name);
  const { apiVersion, resource } = podDisruptionBudgetReading;
  const secrets = referenceHashKey === undefined ? [] : namesOf('Secret');
  return [
    { ...everywhere(agentReading), ...(agentSelector && { labelSelector: agentSelector }) },
    everywhere(agentGatewayClassReading),
    ...byNames(configMapReading, namespace, [configMapName(name), ...namesOf('ConfigMap')]),
    ...byNames(secretReading, namespace, secrets),
    ...byNames(deploymentReading, namespace, [name]),
    ...byNames(serviceReading, namespace, [name]),
    ...byNames(networkPolicyReading, namespace, hasCallers(settings.access.rules) ? [name] : []),
    { apiVersion, resource, namespace },
    ...routeRules(gateway, settings),
  ];
}

/**
 * Asks for a foreign HTTPRoute with the name of the gateway's route, and for the routes of all gateways, but not if the Gateway API is
 * off: its CRDs may then be missing. It does not look at the annotation that asks for a route: Metacontroller keeps this answer until
 * the spec changes, or for 20 minutes, and a change of an annotation is none of the spec.
 */
function routeRules({ metadata }: AgentGateway, settings: Settings): readonly RelatedRule[] {
  const { apiVersion, resource } = observedHttpRouteReading;
  return settings.gatewayApi.enabled
    ? [
        ...byNames(observedHttpRouteReading, metadata.namespace, [metadata.name]),
        { apiVersion, resource, labelSelector: { matchLabels: COMPONENT } },
        ...gatewayClassRules(settings),
      ]
    : [];
}

function everywhere({ apiVersion, resource }: Reading): RelatedRule {
  return { apiVersion, resource };
}
