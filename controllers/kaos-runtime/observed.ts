import { type Access, type AccessTarget, accessOf } from '../access/access-of.ts';
import { callersOf } from '../access/callers.ts';
import type { DesiredObject, ObservedObject, Snapshot } from '../contract.ts';
import { shown } from '../data/quote.ts';
import { whyTooLarge } from '../data/size.ts';
import { whyNotAttached } from '../engine/attachment.ts';
import type { ChildName } from '../engine/child-names.ts';
import { fitting } from '../engine/fitting.ts';
import { annotationProblems } from '../engine/own-annotations.ts';
import { type KnownGateway, readPublished } from '../gateway-api/published-gateway.ts';
import { configMapReading } from '../kubernetes/kinds/config-map.ts';
import { type Deployment, deploymentReading } from '../kubernetes/kinds/deployment.ts';
import type { GatewayEntry } from '../kubernetes/kinds/gateway.ts';
import { type ObservedHttpRoute, observedHttpRouteReading } from '../kubernetes/kinds/observed-http-route.ts';
import { controllerUid } from '../kubernetes/kinds/owner.ts';
import type { Problem } from '../problem.ts';
import type { Reading } from '../reading.ts';
import { isExposed, type Naming, namingOf, ROUTES_CONTROLLER } from '../resources/kaos/naming.ts';
import type { RuntimeAgent } from '../resources/kaos/runtime-agent.ts';
import type { RuntimeMcpServer } from '../resources/kaos/runtime-mcp-server.ts';
import type { RuntimeMemoryStore } from '../resources/kaos/runtime-memory-store.ts';
import type { RuntimeModelApi } from '../resources/kaos/runtime-model-api.ts';
import { usableSpec } from '../resources/kaos/spec-fields.ts';
import { unknownFields } from '../resources/kaos/unknown-fields.ts';
import type { Settings } from '../settings.ts';
import type { SpecComplaint } from './complaint.ts';
import { whyNotAdopted } from './ownership/adoption.ts';
import { keptChildren } from './ownership/kept-children.ts';
import { whyNameConflict } from './ownership/name-conflict.ts';
import { policyChild } from './workload/network-policy.ts';
import { type PodMetadata, podMetadata } from './workload/pod-metadata.ts';

export type RuntimeResource = RuntimeAgent | RuntimeModelApi | RuntimeMcpServer | RuntimeMemoryStore;

/** A KAOS resource and its objects in the cluster. Each kind adds fields of its own. */
export interface Observed {
  /** Names the resource in messages: `Agent namespace/name`. */
  readonly about: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
  readonly generation: number | undefined;
  readonly finalizers: readonly string[];
  /** Labels and annotations for its pods. */
  readonly podMetadata: PodMetadata;
  /** The conditions of the last status, with their times. */
  readonly conditions: readonly unknown[];
  readonly now: string;
  readonly deleting: boolean;
  readonly naming: Naming;
  /** Whether it has a Service, and a route if the Gateway API is on. */
  readonly exposed: boolean;
  /** The resource as access rules select it. */
  readonly resource: AccessTarget;
  /** Who may call it, by these rules. */
  readonly access: Access;
  /** Why the spec is too large to be read, if it is. */
  readonly tooLarge: string | undefined;
  /** Paths of the fields of the spec that this service does not know. */
  readonly unknownFields: readonly string[];
  /** Names the first foreign object that has a child's name, if any. */
  readonly nameConflict: string | undefined;
  /** Names the first object with a child's name that Metacontroller does not recognise as a child, if any. */
  readonly notAdopted: string | undefined;
  /** The present children, in the form of an answer that leaves them unchanged. */
  readonly children: readonly DesiredObject[];
  /** The same children as they were sent. */
  readonly observedChildren: readonly ObservedObject[];
  readonly deployment: Deployment | undefined;
  readonly route: ObservedHttpRoute | undefined;
  /** Why `kaos-routes` makes no route, if a foreign one already has its name. */
  readonly routeConflict: string | undefined;
  /** What is known of the Gateway: undefined also if nobody needs it. */
  readonly gateway: GatewayEntry | undefined;
  /** What the status says about annotations with our prefix that have no effect. They are among the problems too. */
  readonly annotationComplaints: readonly SpecComplaint[];
  readonly problems: readonly Problem[];
}

/** The kinds of children that a kind of resource can have, and the children that this resource asks for. */
interface Children {
  readonly kinds: readonly Reading[];
  readonly names: readonly ChildName[];
}

/** Reads what all kinds have in common. Children and related objects that are not valid become problems. */
export function observe(
  snapshot: Snapshot<RuntimeResource>,
  { kinds, names: ownNames }: Children,
  settings: Pick<Settings, 'access' | 'gatewayApi'>,
): Observed {
  const { parent, children, related, finalizing, now } = snapshot;
  const { name, namespace, uid, generation, finalizers = [], deletionTimestamp } = parent.metadata;
  const naming = namingOf(parent);
  const access = accessOf(parent, settings.access.rules);
  const names = callersOf(access) === undefined ? ownNames : [...ownNames, policyChild(naming)];
  const owner = { namespace, uid, labels: naming.labels };
  const about = `${parent.kind} ${shown(`${namespace}/${name}`)}`;
  const unknownAnnotations = annotationProblems(parent, about);
  const known = knownGateway(settings, related);
  return {
    about,
    kind: parent.kind,
    name,
    namespace,
    generation,
    finalizers,
    podMetadata: podMetadata(parent.metadata.annotations),
    conditions: parent.status?.conditions ?? [],
    now,
    deleting: finalizing || deletionTimestamp !== undefined,
    naming,
    exposed: isExposed(parent),
    resource: parent,
    access,
    tooLarge: whyTooLarge(parent.spec),
    unknownFields: unknownFields({ kind: parent.kind, spec: usableSpec(parent.spec) }),
    nameConflict: whyNameConflict(owner, names, related),
    notAdopted: whyNotAdopted(owner, names, related),
    children: keptChildren(children, kinds),
    observedChildren: children,
    ...statusSources(parent, children, related),
    gateway: known.gateway,
    annotationComplaints: unknownAnnotations.map(({ message }) => ({ reason: 'UnknownAnnotation', message })),
    problems: [
      ...unknownAnnotations,
      ...kinds.flatMap((kind) => fitting(kind, children).problems),
      ...[observedHttpRouteReading, configMapReading].flatMap((kind) => fitting<unknown>(kind, related).problems),
      ...known.problems,
    ],
  };
}

/** The observed objects that the status tells about. */
function statusSources(
  parent: RuntimeResource,
  children: readonly ObservedObject[],
  related: readonly ObservedObject[],
) {
  const { serviceName, routeName } = namingOf(parent);
  const { namespace, uid } = parent.metadata;
  const attachment = {
    reading: observedHttpRouteReading,
    name: routeName,
    decorator: ROUTES_CONTROLLER,
    namespace,
    uid,
  };
  const deployments = fitting(deploymentReading, children);
  const routes = fitting(observedHttpRouteReading, related);
  return {
    deployment: deployments.items.find(({ metadata }) => metadata.name === serviceName),
    route: routes.items.find((route) => route.metadata.name === routeName && isOwned(route, parent.metadata)),
    routeConflict: whyNotAttached(attachment, related),
  };
}

function knownGateway({ gatewayApi }: Pick<Settings, 'gatewayApi'>, related: readonly ObservedObject[]): KnownGateway {
  return gatewayApi.enabled ? readPublished(gatewayApi, related) : { gateway: undefined, problems: [] };
}

/** Whether this resource owns the route. A route of the same name can belong to another object. */
function isOwned(object: ObservedHttpRoute, { namespace, uid }: RuntimeResource['metadata']): boolean {
  return object.metadata.namespace === namespace && controllerUid(object) === uid;
}
