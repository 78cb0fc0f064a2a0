import type { ConditionReason } from '../condition-reasons.ts';
import type { Condition } from '../kubernetes/objects/conditions.ts';
import { secondsOf } from '../kubernetes/values/time.ts';
import { Type, Value } from '../typebox.ts';
import type { NotApplied } from './not-applied.ts';

/** How long a child may be missing before the status says so. Metacontroller applies an answer within a second. */
const PATIENCE_SECONDS = 20;
/** How often to look again. Metacontroller's own retries after an error become as rare as one in 17 minutes. */
const MISSING_RESYNC_SECONDS = 60;

export const CHILD_NOT_CREATED = 'ChildNotCreated' satisfies ConditionReason;

/** A parent, the conditions of its last status, and the time of the call. */
export interface Waiting {
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
  readonly generation: number | undefined;
  readonly conditions: readonly unknown[];
  readonly now: string;
}

const Programmed = Type.Object({
  type: Type.Literal('Programmed'),
  status: Type.String(),
  reason: Type.String(),
  lastTransitionTime: Type.String(),
  observedGeneration: Type.Optional(Type.Number()),
});

/**
 * The condition Programmed while a child is not as it was answered: Unknown at first, and False after some seconds of the same
 * generation. The time counts from the condition itself, so restarts of the service and changes of the spec begin it anew or
 * keep it, as they should. Undefined if all children are as they were answered.
 */
export function childNotCreated(children: readonly NotApplied[], waiting: Waiting): Condition | undefined {
  const [first] = children;
  if (first === undefined) {
    return undefined;
  }
  const { status, reason, elapsed } = soFar(waiting);
  const isLate = reason === CHILD_NOT_CREATED || (status === 'Unknown' && elapsed >= PATIENCE_SECONDS);
  return isLate
    ? {
        type: 'Programmed',
        status: 'False',
        reason: CHILD_NOT_CREATED,
        message: messageOf(first, children.length - 1, waiting),
      }
    : {
        type: 'Programmed',
        status: 'Unknown',
        reason: 'Pending',
        message: 'The latest configuration is being rolled out',
        // A time of an older spec, or of a clock that was ahead, says nothing.
        ...((status !== 'Unknown' || elapsed < 0) && { startsNow: true }),
      };
}

/** When to look again, if a child has not been created. */
export function missingResync({ reason }: Condition): number | undefined {
  return reason === CHILD_NOT_CREATED ? MISSING_RESYNC_SECONDS : undefined;
}

/** The condition as it was written for this generation, and for how many seconds it has been so. */
function soFar({ conditions, generation, now }: Waiting) {
  const before = conditions.find((condition) => Value.Check(Programmed, condition));
  if (!Value.Check(Programmed, before) || before.observedGeneration !== generation) {
    return { status: undefined, reason: undefined, elapsed: 0 };
  }
  const since = secondsOf(before.lastTransitionTime) ?? Number.POSITIVE_INFINITY;
  return { status: before.status, reason: before.reason, elapsed: (secondsOf(now) ?? 0) - since };
}

function messageOf(
  { kind, key, isMissing }: NotApplied,
  others: number,
  { kind: parent, name, namespace }: Waiting,
): string {
  const more = others > 0 ? `, and ${others} more` : '';
  const what = isMissing ? 'has not been created' : 'still has an older spec';
  const selector = `reason=SyncError,involvedObject.kind=${parent},involvedObject.name=${name}`;
  return `${kind} ${key}${more} ${what}: see why with kubectl get events --namespace ${namespace} --field-selector ${selector}`;
}
