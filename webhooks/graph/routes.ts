import { demandText } from '../../controllers/access/access-of.ts';
import type { Endpoint, ObjectName, Reachable, Unreachable } from '../../controllers/endpoint.ts';
import type { Evaluation } from '../evaluate/evaluate.ts';
import { keyOfName } from '../evaluate/object-name.ts';
import type { Entry, Refusal, Route } from './item.ts';

/** How one resource is called, and why not. */
export interface Ways {
  readonly resource: ObjectName;
  readonly routes: readonly Route[];
  readonly refusals: readonly Refusal[];
}

/** A way to call a resource, and the last gateway before it. */
interface Way {
  readonly through: ObjectName | undefined;
  readonly endpoint: Endpoint;
}

/** The ways to call each resource, by its key. */
export function waysOf(answers: Evaluation['answers']): ReadonlyMap<string, Ways> {
  const all = answers.flatMap(({ parents }) =>
    parents.flatMap(({ parent, describe }) => {
      const { apiVersion, kind, metadata } = parent.object;
      const own = { apiVersion, kind, namespace: metadata.namespace ?? '', name: metadata.name };
      return describe().endpoints.map((endpoint): Way => ({ through: lastGateway(endpoint, own), endpoint }));
    }),
  );
  const byResource = Map.groupBy(all, ({ endpoint }) => keyOfName(endpoint.resource));
  return new Map([...byResource].map(([key, [first, ...others]]) => [key, waysTo(first as Way, others)] as const));
}

/** Calls to the routes of an AgentGateway pass it, also those that come through a Gateway of the Gateway API. */
function lastGateway({ gateway }: Endpoint, parent: ObjectName): ObjectName | undefined {
  return parent.kind === 'AgentGateway' ? parent : gateway;
}

function waysTo(first: Way, others: readonly Way[]): Ways {
  const ways = [first, ...others];
  const { resource } = first.endpoint;
  return {
    resource,
    routes: routesOf(ways),
    refusals: ways.flatMap(({ through, endpoint }) =>
      endpoint.outcome === 'unreachable' ? [refusalOf(through, endpoint)] : [],
    ),
  };
}

function refusalOf(through: ObjectName | undefined, { reason, message }: Unreachable): Refusal {
  return { through: through && keyOfName(through), reason, message };
}

interface Reached {
  readonly through: string;
  readonly access: string;
  readonly endpoint: Reachable;
}

function routesOf(ways: readonly Way[]): readonly Route[] {
  const reached = ways.flatMap(({ through, endpoint }): readonly Reached[] =>
    endpoint.outcome === 'reachable' && through !== undefined
      ? [{ through: keyOfName(through), access: accessText(endpoint), endpoint }]
      : [],
  );
  const same = Map.groupBy(reached, ({ through, access, endpoint }) =>
    JSON.stringify([through, access, endpoint.timeout]),
  );
  return [...same.values()].flatMap((each) => (each[0] === undefined ? [] : [routeOf(each[0], each)]));
}

function routeOf({ through, access, endpoint }: Reached, all: readonly Reached[]): Route {
  const entries = all.map((one): [string, Entry] => {
    const { gateway, host } = one.endpoint;
    return [JSON.stringify([keyOfName(gateway), host]), { gateway, host }];
  });
  return {
    ...{ through, access, timeout: endpoint.timeout },
    paths: [...new Set(all.map((one) => pathText(one.endpoint)))],
    entries: [...new Map(entries).values()],
  };
}

function pathText({ method, path }: Reachable): string {
  return method === 'any' ? path : `${method} ${path}`;
}

/** What callers of a gateway's chats must have. */
export const BY_MODEL = 'by model';

/** The class of the colour of an access. The word says the same. */
export function accessClass(access: string): 'open' | 'guarded' | 'refused' {
  if (access === NOT_ACCEPTED) {
    return 'refused';
  }
  return /\bopen\b/.test(access) ? 'open' : 'guarded';
}

/** What stands there if the Gateway refuses the route, so that nobody may call. */
export const NOT_ACCEPTED = 'not accepted';

/** A chat is for the agent of its model, so what it demands is what that agent demands. A route without a backend is closed. */
function accessText({ resource, method, backend, demand, accepted }: Reachable): string {
  if (accepted?.status === 'False') {
    return NOT_ACCEPTED;
  }
  if (backend === undefined) {
    return 'closed';
  }
  return resource.kind === 'AgentGateway' && method === 'POST' ? BY_MODEL : demandText(demand);
}
