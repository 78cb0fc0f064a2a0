import { demandText } from '../access/access-of.ts';
import type { AccessState, Demand } from '../access/access-rules.ts';
import type { DesiredObject, Reply } from '../contract.ts';
import { type Cause, type Causes, type Endpoint, type NamedObject, namesOf, type Reachable } from '../endpoint.ts';
import type { HttpRoute, HttpRouteRule } from '../kubernetes/kinds/http-route.ts';
import type { ObservedHttpRoute } from '../kubernetes/kinds/observed-http-route.ts';
import type { Problem } from '../problem.ts';
import type { ReleaseReason } from '../release-reasons.ts';
import { routeAccepted } from './route-accepted.ts';

/** What becomes of the callers of a route: for the metric, and what they must have. */
interface ShownAccess {
  readonly state: AccessState;
  readonly demand: Demand;
}

/** The route of a resource with the policies beside it, or the first reason why it has none. */
export type OneRoute = DesiredRoute | NoRoute;

interface DesiredRoute {
  readonly outcome: 'desired';
  readonly route: HttpRoute;
  readonly policies: readonly DesiredObject[];
  readonly access: ShownAccess;
  readonly because: Causes;
  readonly problems: readonly Problem[];
  readonly resyncAfterSeconds: number | undefined;
}

export interface NoRoute {
  readonly outcome: 'none';
  readonly reason: ReleaseReason;
  /** Undefined if there would be no route without access rules either. */
  readonly access: ShownAccess | undefined;
  readonly because: Cause;
  /** Policies that stay until the route is gone. Without them it would be open for a moment. */
  readonly kept: readonly DesiredObject[];
  readonly problems: readonly Problem[];
}

/** Answers with the route and its policies, or with no children. The status belongs to another controller and is left unchanged. */
export function replyWithRoute(desired: OneRoute): Reply {
  const { problems, access } = desired;
  const answer = { status: null, problems, ...(access && { access: { [access.state]: 1 } }) };
  if (desired.outcome === 'desired') {
    const { route, policies, resyncAfterSeconds } = desired;
    return {
      ...answer,
      outcome: 'apply',
      children: [route, ...policies],
      ...(resyncAfterSeconds !== undefined && { resyncAfterSeconds }),
    };
  }
  const [first, ...others] = desired.kept;
  return first === undefined
    ? { ...answer, outcome: 'release', reason: desired.reason }
    : { ...answer, outcome: 'apply', children: [first, ...others] };
}

export const routeColumns = ['RESOURCE', 'ADDRESS', 'BACKEND', 'TIMEOUT', 'ACCESS'] as const;

/** The addresses, backend, timeout and access of a resource, read from its route: one row for each host name. */
export function routeRows({ about }: { readonly about: string }, desired: OneRoute): readonly (readonly string[])[] {
  if (desired.outcome === 'none') {
    return [[about, `none (${desired.reason})`, '', '', desired.access?.state ?? '']];
  }
  return waysOf(desired).map(({ host = '', path, backend, timeout, demand }) => [
    about,
    `${host}${path}`,
    backend ?? 'closed',
    timeout ?? "the gateway's own",
    demandText(demand),
  ]);
}

/** A resource, and its route in the cluster. */
interface ObservedRoute {
  readonly resource: NamedObject;
  readonly children: { readonly guards: { readonly route: ObservedHttpRoute | undefined } };
}

/** The same as ways to call the resource. An agent's card has a rule of its own, below the address of the agent. */
export function routeEndpoints({ resource, children }: ObservedRoute, desired: OneRoute): readonly Endpoint[] {
  const names = namesOf(resource);
  return desired.outcome === 'none'
    ? [
        {
          outcome: 'unreachable',
          resource: names,
          gateway: undefined,
          reason: desired.reason,
          message: desired.problems.find(({ reason }) => reason === desired.reason)?.message,
          because: desired.because,
        },
      ]
    : waysOf(desired).map((way) => ({
        ...{ outcome: 'reachable', resource: names, ...way, because: desired.because },
        accepted: routeAccepted(children.guards.route, desired.route.spec.parentRefs[0]),
      }));
}

/** One for each host name of a route. */
function waysOf({
  route,
  access,
}: DesiredRoute): readonly Omit<Reachable, 'outcome' | 'resource' | 'because' | 'accepted'>[] {
  const { rules, hostnames, parentRefs } = route.spec;
  const [{ matches, timeouts }] = rules;
  const [{ namespace, name, kind }] = parentRefs;
  const way = {
    gateway: { apiVersion: route.apiVersion, kind, namespace, name },
    path: matches[0].path.value,
    isPrefix: matches[0].path.type === 'PathPrefix',
    method: matches[0].method === 'POST' ? 'POST' : 'any',
    backend: backendOf(rules[0]),
    timeout: timeouts?.request,
    demand: access.demand,
  } as const;
  return (hostnames ?? [undefined]).map((host) => ({ ...way, host }));
}

/** The Service and its port, and the path there if all calls go to the same one. */
function backendOf({ backendRefs, filters = [] }: HttpRouteRule): string | undefined {
  if (backendRefs === undefined) {
    return undefined;
  }
  const { name, port } = backendRefs[0];
  const paths = filters.flatMap((filter) =>
    filter.type === 'URLRewrite' && filter.urlRewrite.path.type === 'ReplaceFullPath'
      ? [filter.urlRewrite.path.replaceFullPath]
      : [],
  );
  return [`${name}:${port}`, ...paths].join('');
}
