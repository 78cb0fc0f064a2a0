import type { ObservedObject, Snapshot } from '../contract.ts';
import { shown } from '../data/quote.ts';
import { fitting } from '../engine/fitting.ts';
import { annotationProblems } from '../engine/own-annotations.ts';
import { type GatewayClass, gatewayClassReading } from '../kubernetes/kinds/gateway-class.ts';
import { networkPolicyReading, type ObservedNetworkPolicy } from '../kubernetes/kinds/network-policy.ts';
import { controllerUid } from '../kubernetes/kinds/owner.ts';
import { securityPolicyReading } from '../kubernetes/kinds/policy.ts';
import { type ObservedChildren, observeChildren } from '../policies/observed-guards.ts';
import type { Problem } from '../problem.ts';
import type { Agent } from '../resources/kaos/agent.ts';
import type { McpServer } from '../resources/kaos/mcp-server.ts';
import type { MemoryStore } from '../resources/kaos/memory-store.ts';
import type { ModelApi } from '../resources/kaos/model-api.ts';
import { callersPolicyName, isExposed, kaosUri, type Naming, namingOf } from '../resources/kaos/naming.ts';

export type RoutedResource = Agent | ModelApi | McpServer | MemoryStore;

/** The fields of a KAOS resource that its route depends on, with KAOS's defaults. */
export interface Observed {
  /** Names the resource in messages: `Agent namespace/name`. */
  readonly about: string;
  /** The resource itself, by whose fields the access rules select it. */
  readonly resource: RoutedResource;
  readonly namespace: string;
  readonly name: string;
  readonly naming: Naming;
  /** KAOS's name of the resource in its access rules: `kaos://<kind>/<namespace>/<name>`. */
  readonly target: string;
  readonly exposed: boolean;
  readonly deleting: boolean;
  /** `spec.gatewayRoute.timeout`, not yet checked. */
  readonly requestedTimeout: string | undefined;
  /** The class of the Gateway, if it was asked for and exists. */
  readonly gatewayClass: GatewayClass | undefined;
  /** Whether its NetworkPolicy is there, which the KAOS runtime makes only if it has an effect. Offline it counts as made. */
  readonly hasCallersPolicy: boolean;
  readonly children: ObservedChildren;
  /** One for each policy of others for its route. They matter only beside a policy of ours. */
  readonly rivals: readonly Problem[];
  readonly problems: readonly Problem[];
}

/** Reads the resource, its route and policies, and the class of its Gateway. What is not valid becomes a problem. */
export function observe(snapshot: Snapshot<RoutedResource>): Observed {
  const { parent } = snapshot;
  const { name, namespace, uid, deletionTimestamp } = parent.metadata;
  const about = `${parent.kind} ${shown(`${namespace}/${name}`)}`;
  const naming = namingOf(parent);
  const children = observeChildren(snapshot.children, snapshot.now);
  const classes = fitting(gatewayClassReading, snapshot.related);
  const policies = fitting(networkPolicyReading, snapshot.related);
  return {
    about,
    resource: parent,
    namespace,
    name,
    naming,
    target: kaosUri({ kind: parent.kind, namespace, name }),
    exposed: isExposed(parent),
    deleting: snapshot.finalizing || deletionTimestamp !== undefined,
    requestedTimeout: parent.spec?.gatewayRoute?.timeout,
    gatewayClass: classes.items[0],
    hasCallersPolicy: uid === undefined || isControlled(policies.items, naming, uid),
    children,
    rivals: rivals(naming, snapshot.related),
    problems: [...children.problems, ...classes.problems, ...policies.problems, ...annotationProblems(parent, about)],
  };
}

/** Whether one of these is the NetworkPolicy that the resource controls. Anybody can make one with its name. */
function isControlled(policies: readonly ObservedNetworkPolicy[], naming: Naming, uid: string): boolean {
  return policies.some((policy) => policy.metadata.name === callersPolicyName(naming) && controllerUid(policy) === uid);
}

/** KAOS 0.8 gives its policy the name of the route. Of two policies for one route, Envoy Gateway takes the older one alone. */
function rivals({ routeName }: Naming, related: readonly ObservedObject[]): readonly Problem[] {
  const policies = fitting(securityPolicyReading, related).items;
  return policies
    .filter(({ metadata }) => metadata.name === routeName)
    .map(({ metadata }) => ({
      reason: 'PolicyConflict',
      about: `SecurityPolicy ${shown(`${metadata.namespace}/${metadata.name}`)}`,
      message: `is for the same HTTPRoute as the policy of the access rules, and Envoy Gateway takes the older one alone; turn off the policies of the KAOS operator, or let a rule allow this resource`,
    }));
}
