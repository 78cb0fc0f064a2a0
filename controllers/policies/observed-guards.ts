import type { DesiredObject, ObservedObject } from '../contract.ts';
import { echo } from '../engine/echo.ts';
import { fitting } from '../engine/fitting.ts';
import { observedHttpRouteReading } from '../kubernetes/kinds/observed-http-route.ts';
import { policyReadings } from '../kubernetes/kinds/policy.ts';
import type { Problem } from '../problem.ts';
import type { ObservedGuards } from './opening.ts';

/** The route and the policies among the observed children of a resource. */
export interface ObservedChildren {
  readonly guards: ObservedGuards;
  /** The policies in the form of an answer, if there is a route beside them. */
  readonly kept: readonly DesiredObject[];
  /** One for each child that does not fit its schema. */
  readonly problems: readonly Problem[];
}

/** Reads the children of a resource: its route and its policies. */
export function observeChildren(children: readonly ObservedObject[], now: string): ObservedChildren {
  const routes = fitting(observedHttpRouteReading, children);
  const found = policyReadings.map((reading) => fitting(reading, children));
  const hasRoute = routes.items.length + routes.misfits.length > 0;
  const policies = found.flatMap(({ items }) => items);
  return {
    guards: { route: routes.items[0], policies, now },
    kept: hasRoute ? policies.flatMap(echo) : [],
    problems: [routes, ...found].flatMap(({ problems }) => problems),
  };
}
