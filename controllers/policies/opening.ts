import type { Demand } from '../access/access-rules.ts';
import { WRITTEN } from '../engine/own-annotations.ts';
import type { ObservedHttpRoute } from '../kubernetes/kinds/observed-http-route.ts';
import type { ObservedPolicy } from '../kubernetes/kinds/policy.ts';
import { secondsOf } from '../kubernetes/values/time.ts';
import type { AccessSettings } from '../settings.ts';
import { type Acceptance, acceptanceOf } from './acceptance.ts';
import type { Dialect, Policy } from './policy.ts';

/** Whether a route may lead to its backend now. A closed route has no backend, so the gateway answers 500. */
export type Opening =
  | { readonly outcome: 'open' }
  | { readonly outcome: 'closed'; readonly why: string; readonly resyncAfterSeconds: number | undefined };

/** A route as it is in the cluster, with the policies beside it. */
export interface ObservedGuards {
  readonly route: ObservedHttpRoute | undefined;
  readonly policies: readonly ObservedPolicy[];
  readonly now: string;
}

/** The parts of a demand that the gateway meets by policies, as the annotation of an open route has them. */
export function guardedParts({ jwt, limit }: Demand): string {
  return [...(jwt ? ['jwt'] : []), ...(limit ? ['limit'] : [])].join();
}

/**
 * A route with demands opens once the gateway has accepted its policies, and some seconds later: accepted means translated, and Envoy
 * takes a new listener only after it has read the keys. A route that was opened so stays open while its policies change, because
 * until then the old ones hold.
 */
export function openingOf(
  guards: readonly Policy[],
  { dialect, parts, ...observed }: ObservedGuards & { readonly dialect: Dialect; readonly parts: string },
  settings: AccessSettings,
): Opening {
  if (parts === '' || !settings.awaitPolicies) {
    return { outcome: 'open' };
  }
  const found = guards.map((policy) => ({ policy, acceptance: acceptanceOf(policy, observed.policies, dialect) }));
  const wasOpened = wasOpenedWith(observed.route, parts);
  const hindrance = found.find(({ acceptance }) => hinders(acceptance, wasOpened));
  if (hindrance !== undefined) {
    return { outcome: 'closed', why: whyClosed(hindrance.policy, hindrance.acceptance), resyncAfterSeconds: undefined };
  }
  const waits = wasOpened ? 0 : settling(found, observed.now, settings.settleSeconds);
  return waits > 0
    ? { outcome: 'closed', why: 'its policies were accepted a moment ago', resyncAfterSeconds: waits }
    : { outcome: 'open' };
}

function hinders({ outcome }: Acceptance, wasOpened: boolean): boolean {
  return outcome === 'refused' || outcome === 'missing' || (outcome === 'changing' && !wasOpened);
}

/** How many seconds remain of the time after the last acceptance. A time in the future is of another clock, and counts as now. */
function settling(found: readonly { readonly acceptance: Acceptance }[], now: string, settleSeconds: number): number {
  const since = found.flatMap(({ acceptance }) => (acceptance.outcome === 'accepted' ? [acceptance.since] : []));
  const elapsed = Math.max(0, (secondsOf(now) ?? 0) - Math.max(...since));
  return settleSeconds - elapsed;
}

/** Whether the route was opened under policies that have all of these parts. */
function wasOpenedWith(route: ObservedHttpRoute | undefined, parts: string): boolean {
  const had = route?.metadata.annotations?.[WRITTEN.guards]?.split(',') ?? [];
  return parts.split(',').every((part) => had.includes(part));
}

function whyClosed({ kind, metadata }: Policy, acceptance: Acceptance): string {
  const about = `${kind} ${metadata.name}`;
  return acceptance.outcome === 'refused'
    ? `the gateway does not take ${about}: ${acceptance.message}`
    : `the gateway has not accepted ${about} yet`;
}
