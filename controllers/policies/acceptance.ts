import { contains } from '../data/plain-object.ts';
import type { ObservedPolicy, PolicyCondition } from '../kubernetes/kinds/policy.ts';
import { lastSpecWrite } from '../kubernetes/objects/managed-fields.ts';
import { secondsOf } from '../kubernetes/values/time.ts';
import type { Dialect, Policy } from './policy.ts';

/** What the gateway says about a policy as it is wanted now. */
export type Acceptance =
  /** `since`: seconds since 1970; 0 if unknown. A policy that changes stays accepted, so its last change counts too. */
  | { readonly outcome: 'accepted'; readonly since: number }
  | { readonly outcome: 'refused'; readonly message: string }
  /** The gateway has not reported yet, or about an older form of the policy. */
  | { readonly outcome: 'changing' }
  | { readonly outcome: 'missing' };

/** What the gateway says about a policy. A policy that others override counts as refused: it does not hold everywhere. */
export function acceptanceOf(
  policy: Policy,
  observed: readonly ObservedPolicy[],
  { acceptedReason }: Dialect,
): Acceptance {
  const own = observed.find(({ kind, metadata }) => kind === policy.kind && metadata.name === policy.metadata.name);
  if (own === undefined) {
    return { outcome: 'missing' };
  }
  const conditions = (own.status?.ancestors ?? []).flatMap((ancestor) => ancestor.conditions ?? []);
  const latest = conditions.filter(
    ({ observedGeneration = 0 }) => observedGeneration >= (own.metadata.generation ?? 0),
  );
  const accepted = latest.filter(({ type }) => type === 'Accepted');
  const objection = [...accepted.filter((one) => !holds(one, acceptedReason)), ...latest.filter(isOverridden)][0];
  if (objection !== undefined) {
    return { outcome: 'refused', message: `${objection.reason}: ${objection.message ?? ''}` };
  }
  return accepted.length > 0 && contains(own.spec, policy.spec)
    ? {
        outcome: 'accepted',
        since: accepted.reduce(
          (last, { lastTransitionTime }) => Math.max(last, secondsOf(lastTransitionTime) ?? 0),
          lastSpecWrite(own.metadata),
        ),
      }
    : { outcome: 'changing' };
}

function holds({ status, reason }: PolicyCondition, acceptedReason: string): boolean {
  return status === 'True' && reason === acceptedReason;
}

function isOverridden({ type, status }: PolicyCondition): boolean {
  return type === 'Overridden' && status === 'True';
}
