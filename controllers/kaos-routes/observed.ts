import type { Snapshot } from '../contract.ts';
import { shown } from '../data/quote.ts';
import { fitting } from '../engine/fitting.ts';
import { annotationProblems } from '../engine/own-annotations.ts';
import { type GatewayClass, gatewayClassReading } from '../kubernetes/kinds/gateway-class.ts';
import { httpRouteReading } from '../kubernetes/kinds/http-route.ts';
import type { Problem } from '../problem.ts';
import type { Agent } from '../resources/kaos/agent.ts';
import type { McpServer } from '../resources/kaos/mcp-server.ts';
import type { MemoryStore } from '../resources/kaos/memory-store.ts';
import type { ModelApi } from '../resources/kaos/model-api.ts';
import { isExposed, kaosUri, type Naming, namingOf } from '../resources/kaos/naming.ts';

export type RoutedResource = Agent | ModelApi | McpServer | MemoryStore;

/** The fields of a KAOS resource that its route depends on, with KAOS's defaults. */
export interface Observed {
  /** Names the resource in messages: `Agent namespace/name`. */
  readonly about: string;
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
  readonly problems: readonly Problem[];
}

/** Reads the resource and the class of its Gateway. Its observed routes, and annotations with our prefix, matter only if they are not valid: each becomes a problem. */
export function observe(snapshot: Snapshot<RoutedResource>): Observed {
  const { parent } = snapshot;
  const { name, namespace, deletionTimestamp } = parent.metadata;
  const about = `${parent.kind} ${shown(`${namespace}/${name}`)}`;
  const classes = fitting(gatewayClassReading, snapshot.related);
  return {
    about,
    namespace,
    name,
    naming: namingOf(parent),
    target: kaosUri({ kind: parent.kind, namespace, name }),
    exposed: isExposed(parent),
    deleting: snapshot.finalizing || deletionTimestamp !== undefined,
    requestedTimeout: parent.spec?.gatewayRoute?.timeout,
    gatewayClass: classes.items[0],
    problems: [
      ...fitting(httpRouteReading, snapshot.children).problems,
      ...classes.problems,
      ...annotationProblems(parent, about),
    ],
  };
}
