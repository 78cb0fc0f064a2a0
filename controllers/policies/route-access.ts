import { type Access, type AccessTarget, accessOf } from '../access/access-of.ts';
import type { AccessState, Demand } from '../access/access-rules.ts';
import type { WholeCors } from '../access/whole-cors.ts';
import type { GatewayClass } from '../kubernetes/kinds/gateway-class.ts';
import type { Problem } from '../problem.ts';
import type { AccessDialect, Settings } from '../settings.ts';
import { agentgateway } from './agentgateway.ts';
import { type CorsPlan, corsPlan } from './cors-plan.ts';
import { envoyGateway } from './envoy-gateway.ts';
import { guardedParts, type ObservedGuards, type Opening, openingOf } from './opening.ts';
import type { Dialect, Expression, Policy, PolicyInput, PolicyTarget } from './policy.ts';

/** A resource that is called through a route. */
export interface RoutedTarget {
  /** Names the resource in messages: `Agent namespace/name`. */
  readonly about: string;
  readonly resource: AccessTarget;
  readonly target: PolicyTarget;
  /** Whether a NetworkPolicy of ours limits who connects to its pods. */
  readonly isFromEnforced: boolean;
  readonly gatewayClass: GatewayClass | undefined;
  readonly observed: ObservedGuards;
}

/** What becomes of the callers of a route. */
export type RouteAccess = RoutePermitted | RouteRefused;

export interface RoutePermitted {
  readonly outcome: 'permitted';
  /** The place of the access rules that decides. */
  readonly rule: string;
  readonly state: AccessState;
  readonly demand: Demand;
  readonly policies: readonly Policy[];
  readonly opening: Opening;
  /** The parts of the demand that policies meet, for the annotation of the route. Empty if there are none, or if it did not wait for them. */
  readonly guardedParts: string;
  /** The filter CORS of the route, if it has one. */
  readonly corsFilter: WholeCors | undefined;
  /** Whether pages of other origins may call, by a filter or by a policy. */
  readonly hasCors: boolean;
  readonly problems: readonly Problem[];
}

/** There is no route. */
export interface RouteRefused {
  readonly outcome: 'refused';
  readonly rule: string;
  readonly state: Extract<AccessState, 'denied' | 'withheld'>;
  readonly reason: 'AccessDenied' | 'AccessWithheld';
  readonly message: string;
}

const DIALECTS: Readonly<Record<Exclude<AccessDialect, 'none'>, Dialect>> = {
  agentgateway,
  'envoy-gateway': envoyGateway,
};

/** Decides about a route: whether there is one, its policies, and whether it may lead to its backend yet. */
export function routeAccess(routed: RoutedTarget, settings: Settings): RouteAccess {
  const access = accessOf(routed.resource, settings.access.rules);
  if (access.outcome === 'denied') {
    return {
      outcome: 'refused',
      rule: access.rule,
      state: 'denied',
      reason: 'AccessDenied',
      message: `there is no route, because ${access.rule} of the access rules denies it`,
    };
  }
  const demand = access.outcome === 'guarded' ? access.demand : {};
  const plan = corsPlan(settings, routed.gatewayClass);
  const cors = plan.by === 'policy' ? plan.cors : undefined;
  const expression = expressed({ target: routed.target, demand, cors }, { routed, settings });
  return expression.outcome === 'withheld'
    ? withheld(access, expression.why)
    : permitted(routed, { access, demand, plan, ...expression }, settings);
}

interface Circumstances {
  readonly routed: RoutedTarget;
  readonly settings: Settings;
}

/** The demand in the words of the dialect, unless a part of it cannot be met at all. */
function expressed(input: PolicyInput, { routed, settings }: Circumstances): Expression {
  const { jwt, limit, from } = input.demand;
  if (from !== undefined && jwt === undefined && !routed.isFromEnforced) {
    return { outcome: 'withheld', why: FROM_ALONE };
  }
  const { dialect } = settings.access;
  if (dialect !== 'none') {
    return DIALECTS[dialect].express(input);
  }
  return jwt === undefined && limit === undefined
    ? { outcome: 'expressed', guards: [], others: [] }
    : {
        outcome: 'withheld',
        why: 'ACCESS_DIALECT is none; expected the name of the gateway that serves the route, envoy-gateway or agentgateway',
      };
}

/** Callers from outside the cluster come through the gateway, so they would pass. */
const FROM_ALONE =
  'from: the pods have no NetworkPolicy of this service that limits who connects to them; ask for jwt too, or write a NetworkPolicy and remove from';

function withheld({ rule }: Access, why: string): RouteRefused {
  return {
    outcome: 'refused',
    rule,
    state: 'withheld',
    reason: 'AccessWithheld',
    message: `there is no route, because what ${rule} of the access rules asks for cannot be met: ${why}`,
  };
}

interface Decided {
  readonly access: Access;
  readonly demand: Demand;
  readonly plan: CorsPlan;
  readonly guards: readonly Policy[];
  readonly others: readonly Policy[];
}

function permitted(routed: RoutedTarget, decided: Decided, { access: settings }: Settings): RoutePermitted {
  const { access, demand, plan, guards, others } = decided;
  const parts = guardedParts(demand);
  const opening =
    settings.dialect === 'none'
      ? OPEN
      : openingOf(guards, { ...routed.observed, dialect: DIALECTS[settings.dialect], parts }, settings);
  return {
    outcome: 'permitted',
    rule: access.rule,
    state: access.outcome === 'open' ? 'open' : 'guarded',
    demand,
    policies: [...guards, ...others],
    opening,
    guardedParts: settings.awaitPolicies ? parts : '',
    corsFilter: plan.by === 'filter' ? plan.cors : undefined,
    hasCors: plan.by !== 'nothing',
    problems: problemsOf(routed, decided, opening),
  };
}

const OPEN: Opening = { outcome: 'open' };

function problemsOf({ about, isFromEnforced }: RoutedTarget, decided: Decided, opening: Opening): readonly Problem[] {
  const { access, demand, plan } = decided;
  const isFromIgnored = demand.from !== undefined && !isFromEnforced;
  return [
    ...(opening.outcome === 'closed'
      ? [{ reason: 'AccessPending', about, message: `the route is closed, because ${opening.why}` } as const]
      : []),
    ...(isFromIgnored
      ? [{ reason: 'FromNotEnforced', about, message: `${access.rule} of the access rules: ${FROM_IGNORED}` } as const]
      : []),
    ...(plan.by === 'nothing' && plan.why !== undefined
      ? [{ reason: 'CorsNotSupported', about, message: plan.why } as const]
      : []),
  ];
}

const FROM_IGNORED =
  'from: the pods have no NetworkPolicy of this service, so pods of other namespaces can connect to them; write a NetworkPolicy, and remove from';
