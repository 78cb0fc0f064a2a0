import type { Cause, Causes } from '../endpoint.ts';
import { WRITTEN } from '../engine/own-annotations.ts';
import { corsFields } from '../gateway-api/cors-filter.ts';
import type { NoRoute, OneRoute } from '../gateway-api/one-route.ts';
import type { HttpRoute, HttpRouteRule } from '../kubernetes/kinds/http-route.ts';
import type { Problem } from '../problem.ts';
import type { ReleaseReason } from '../release-reasons.ts';
import type { ObservedChildren } from './observed-guards.ts';
import type { RouteAccess, RoutePermitted, RouteRefused } from './route-access.ts';

/** A resource without a route: why, and what is told. */
interface Told {
  readonly about: string;
  readonly children: ObservedChildren;
  readonly problems: readonly Problem[];
}

/** No route, for a reason that is not the access rules. */
export function noRoute({ children, problems }: Told, reason: ReleaseReason, because: Cause): NoRoute {
  return { outcome: 'none', reason, access: undefined, because, kept: children.kept, problems };
}

/** What is told about a route, and what decided about it apart from the access rules. */
interface ToldOfRoute extends Told {
  readonly because: Omit<Causes, 'access'>;
}

/** The answer for a route that is complete apart from its access. */
export function withAccess(access: RouteAccess, told: ToldOfRoute, makeRoute: () => HttpRoute): OneRoute {
  if (access.outcome === 'refused') {
    return refused(access, told);
  }
  const { state, demand, policies, opening } = access;
  return {
    outcome: 'desired',
    route: guardedRoute(makeRoute(), access),
    policies,
    access: { state, demand },
    because: { ...told.because, access: ruleNamed(access) },
    problems: [...told.problems, ...access.problems],
    resyncAfterSeconds: opening.outcome === 'closed' ? opening.resyncAfterSeconds : undefined,
  };
}

/** That the rules deny a resource is no problem: the release reason tells it. */
function refused(access: RouteRefused, { about, children, problems }: Told): NoRoute {
  const { state, reason, message } = access;
  return {
    outcome: 'none',
    reason,
    access: { state, demand: {} },
    because: ruleNamed(access),
    kept: children.kept,
    problems: reason === 'AccessDenied' ? problems : [...problems, { reason, about, message }],
  };
}

function ruleNamed({ rule }: RouteAccess): Cause {
  return { by: 'rule', rules: [rule] };
}

/** The route with what its access asks for: filters, annotations, and no backend while it is closed. */
function guardedRoute(route: HttpRoute, access: RoutePermitted): HttpRoute {
  const [first, ...others] = route.spec.rules;
  return {
    ...route,
    metadata: { ...route.metadata, ...annotated(route, access) },
    spec: {
      ...route.spec,
      rules: [guardedRule(first, access), ...others.map((rule) => guardedRule(rule, access))],
    },
  };
}

function annotated(
  { metadata: { annotations = {} } }: HttpRoute,
  { guardedParts, opening, problems }: RoutePermitted,
): Pick<HttpRoute['metadata'], 'annotations'> {
  const told = [annotations[WRITTEN.problem], ...problems.map(({ message }) => message)];
  const problem = told.filter((text) => text !== undefined).join('; ');
  const all = {
    ...annotations,
    ...(problem !== '' && { [WRITTEN.problem]: problem }),
    ...(guardedParts !== '' && opening.outcome === 'open' && { [WRITTEN.guards]: guardedParts }),
  };
  return Object.keys(all).length === 0 ? {} : { annotations: all };
}

/** A browser asks with OPTIONS first, so a rule for calls alone takes that method too. */
function guardedRule(rule: HttpRouteRule, { corsFilter, hasCors, opening }: RoutePermitted): HttpRouteRule {
  const { backendRefs: _closed, ...withoutBackend } = rule;
  const [first, ...others] = rule.matches;
  const preflights = rule.matches.filter(({ method }) => hasCors && method === 'POST');
  const filters = [
    ...(rule.filters ?? []),
    ...(corsFilter === undefined ? [] : [{ type: 'CORS', cors: corsFields(corsFilter) } as const]),
  ];
  return {
    ...(opening.outcome === 'open' ? rule : withoutBackend),
    matches: [first, ...others, ...preflights.map((match) => ({ ...match, method: 'OPTIONS' }) as const)],
    ...(filters.length > 0 && { filters }),
  };
}
