import type { Snapshot } from '../contract.ts';
import { shown } from '../data/quote.ts';
import { fitting } from '../engine/fitting.ts';
import { httpRouteReading } from '../kubernetes/kinds/http-route.ts';
import type { Problem } from '../problem.ts';
import type { Agent } from '../resources/kaos/agent.ts';
import type { McpServer } from '../resources/kaos/mcp-server.ts';
import type { ModelApi } from '../resources/kaos/model-api.ts';
import { isExposed, type Naming, namingOf } from '../resources/kaos/naming.ts';

export type RoutedResource = Agent | ModelApi | McpServer;

/** What a KAOS resource says about its route, with KAOS's defaults filled in. */
export interface Observed {
  /** `Agent namespace/name`, for messages. */
  readonly about: string;
  readonly namespace: string;
  readonly name: string;
  readonly naming: Naming;
  readonly exposed: boolean;
  readonly deleting: boolean;
  /** `spec.gatewayRoute.timeout` as its user wrote it. */
  readonly requestedTimeout: string | undefined;
  readonly problems: readonly Problem[];
}

/** Reads what the route depends on, all of it from the resource itself. The routes that are there are only checked. */
export function observe(snapshot: Snapshot<RoutedResource>): Observed {
  const { parent } = snapshot;
  const { name, namespace, deletionTimestamp } = parent.metadata;
  return {
    about: `${parent.kind} ${shown(`${namespace}/${name}`)}`,
    namespace,
    name,
    naming: namingOf(parent),
    exposed: isExposed(parent),
    deleting: snapshot.finalizing || deletionTimestamp !== undefined,
    requestedTimeout: parent.spec?.gatewayRoute?.timeout,
    problems: fitting(httpRouteReading, snapshot.children).problems,
  };
}
