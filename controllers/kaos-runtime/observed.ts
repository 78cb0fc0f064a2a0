import type { DesiredObject, ObservedObject, Snapshot } from '../contract.ts';
import { shown } from '../data/quote.ts';
import type { ChildName } from '../engine/child-names.ts';
import { fitting } from '../engine/fitting.ts';
import { type DeploymentStatus, deploymentStatusReading } from '../kubernetes/kinds/deployment-status.ts';
import { type Gateway, gatewayReading } from '../kubernetes/kinds/gateway.ts';
import { type HttpRouteStatus, httpRouteStatusReading } from '../kubernetes/kinds/http-route-status.ts';
import { controllerUid } from '../kubernetes/kinds/owner.ts';
import type { Problem } from '../problem.ts';
import type { Reading } from '../reading.ts';
import { isExposed, type Naming, namingOf } from '../resources/kaos/naming.ts';
import type { RuntimeAgent } from '../resources/kaos/runtime-agent.ts';
import type { RuntimeMcpServer } from '../resources/kaos/runtime-mcp-server.ts';
import type { RuntimeModelApi } from '../resources/kaos/runtime-model-api.ts';
import { whyNotAdopted } from './ownership/adoption.ts';
import { keptChildren } from './ownership/kept-children.ts';
import { whyNameConflict } from './ownership/name-conflict.ts';

export type RuntimeResource = RuntimeAgent | RuntimeModelApi | RuntimeMcpServer;

/** A resource, and what belongs to it in the cluster. Each kind adds what only it has. */
export interface Observed {
  /** `Agent namespace/name`, for messages. */
  readonly about: string;
  readonly name: string;
  readonly namespace: string;
  readonly generation: number | undefined;
  readonly finalizers: readonly string[];
  /** Those of the last status, with their times. */
  readonly conditions: readonly unknown[];
  readonly now: string;
  readonly deleting: boolean;
  readonly naming: Naming;
  /** Whether it has a Service, and while the gateway is on a route. */
  readonly exposed: boolean;
  /** Tells of the first foreign object that has a child's name; undefined where there is none. */
  readonly nameConflict: string | undefined;
  /** Tells of the first object with a child's name that the engine does not know; undefined where it knows all. */
  readonly notAdopted: string | undefined;
  /** The present children in the form of answers: to keep them is to answer them again. */
  readonly children: readonly DesiredObject[];
  readonly deployment: DeploymentStatus | undefined;
  readonly route: HttpRouteStatus | undefined;
  readonly gateway: Gateway | undefined;
  readonly problems: readonly Problem[];
}

/** The kinds of children that a kind of resource can have, and those that this one asks for. */
interface Children {
  readonly kinds: readonly Reading[];
  readonly names: readonly ChildName[];
}

/** Reads of the snapshot what all kinds have in common. Children and related objects that are not valid become problems. */
export function observe(snapshot: Snapshot<RuntimeResource>, { kinds, names }: Children): Observed {
  const { parent, children, related, finalizing, now } = snapshot;
  const { name, namespace, uid, generation, finalizers = [], deletionTimestamp } = parent.metadata;
  const own = namingOf(parent);
  const claimant = { namespace, uid, labels: own.labels };
  return {
    about: `${parent.kind} ${shown(`${namespace}/${name}`)}`,
    name,
    namespace,
    generation,
    finalizers,
    conditions: parent.status?.conditions ?? [],
    now,
    deleting: finalizing || deletionTimestamp !== undefined,
    naming: own,
    exposed: isExposed(parent),
    nameConflict: whyNameConflict(claimant, names, related),
    notAdopted: whyNotAdopted(claimant, names, related),
    children: keptChildren(children, kinds),
    ...observeStatus(parent, children, related),
    problems: [
      ...kinds.flatMap((kind) => fitting(kind, children).problems),
      ...[httpRouteStatusReading, gatewayReading].flatMap((kind) => fitting<unknown>(kind, related).problems),
    ],
  };
}

function observeStatus(
  parent: RuntimeResource,
  children: readonly ObservedObject[],
  related: readonly ObservedObject[],
) {
  const { serviceName, routeName } = namingOf(parent);
  const deployments = fitting(deploymentStatusReading, children);
  const routes = fitting(httpRouteStatusReading, related);
  const gateways = fitting(gatewayReading, related);
  return {
    deployment: deployments.items.find(({ metadata }) => metadata.name === serviceName),
    route: routes.items.find((route) => route.metadata.name === routeName && isOwned(route, parent.metadata)),
    gateway: gateways.items[0],
  };
}

/** A route of the same name that another object owns says nothing about this resource. */
function isOwned(object: HttpRouteStatus, { namespace, uid }: RuntimeResource['metadata']): boolean {
  return object.metadata.namespace === namespace && controllerUid(object) === uid;
}
