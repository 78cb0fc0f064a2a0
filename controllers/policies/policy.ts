/** The room policies/ has the policies that tell a gateway who may call a route. */

import type { Demand } from '../access/access-rules.ts';
import type { WholeCors } from '../access/whole-cors.ts';
import type { DesiredObject } from '../contract.ts';

/** An object beside a route by which a gateway learns who may call it. */
export interface Policy extends DesiredObject {
  readonly spec: object;
}

/** The route that a policy is for. */
export interface PolicyTarget {
  readonly routeName: string;
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** What the policies of a route say. */
export interface PolicyInput {
  readonly target: PolicyTarget;
  readonly demand: Demand;
  /** Undefined if no policy lets pages of other origins call. */
  readonly cors: WholeCors | undefined;
}

/** A demand in the words of one gateway; or why that gateway cannot meet it. */
export type Expression =
  | {
      readonly outcome: 'expressed';
      /** The gateway must have accepted these before the route opens. */
      readonly guards: readonly Policy[];
      readonly others: readonly Policy[];
    }
  | { readonly outcome: 'withheld'; readonly why: string };

/** How a gateway learns who may call. */
export interface Dialect {
  readonly express: (input: PolicyInput) => Expression;
  /** The reason that the condition Accepted has if all of a policy holds. */
  readonly acceptedReason: string;
}

/** A policy is named after its route, and its last part says what it is for, so no two policies have the same name. */
export function policyName({ routeName }: PolicyTarget, part: string): string {
  return `${routeName}.${part}`;
}

export function policyMetadata(target: PolicyTarget, part: string): Policy['metadata'] {
  return { name: policyName(target, part), namespace: target.namespace, labels: target.labels };
}

/** The route as the target of a policy. */
export function targetRefs({ routeName }: PolicyTarget) {
  return [{ group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', name: routeName }];
}
