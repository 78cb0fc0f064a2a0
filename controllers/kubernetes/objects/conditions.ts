import type { ConditionReason } from '../../condition-reasons.ts';
import { isPlainObject } from '../../data/plain-object.ts';
import { sentence } from '../../data/quote.ts';
import { checkOf, type Static, Type } from '../../typebox.ts';

/** The fields of an observed metav1.Condition that are read. Conditions of other writers can have any form. */
const ObservedCondition = Type.Object({
  type: Type.String(),
  status: Type.String(),
  lastTransitionTime: Type.String(),
});
type ObservedCondition = Static<typeof ObservedCondition>;
const isObservedCondition = checkOf(ObservedCondition);

/** A metav1.Condition of a parent, without lastTransitionTime and observedGeneration. */
export interface Condition extends ReportedCondition {
  readonly reason: ConditionReason;
}

/** A condition whose reason may come from another writer, such as the Gateway. */
export interface ReportedCondition {
  readonly type: string;
  readonly status: 'True' | 'False' | 'Unknown';
  readonly reason: string;
  readonly message: string;
  /** Whether its time starts now, even if its status was the same before. */
  readonly startsNow?: true;
}

/** A reason for a condition to be False. */
export interface Objection {
  readonly reason: ConditionReason;
  readonly message: string;
}

/** The condition Accepted. With objections, it is False, and has the first reason and all messages. Notes do not change its status. */
export function acceptedUnless(objections: readonly Objection[], notes: readonly string[] = []): Condition {
  const condition = conditionUnless(objections, { type: 'Accepted', message: 'The resource is accepted' });
  return { ...condition, message: [condition.message, ...notes].join('; ') };
}

/** The condition ResolvedRefs, likewise. */
export function resolvedUnless(objections: readonly Objection[]): Condition {
  return conditionUnless(objections, { type: 'ResolvedRefs', message: 'All references are resolved' });
}

interface Satisfied {
  readonly type: 'Accepted' | 'ResolvedRefs';
  readonly message: string;
}

function conditionUnless(objections: readonly Objection[], satisfied: Satisfied): Condition {
  const [first] = objections;
  const { type } = satisfied;
  return first === undefined
    ? { ...satisfied, status: 'True', reason: type }
    : { type, status: 'False', reason: first.reason, message: objections.map(({ message }) => message).join('; ') };
}

interface Moment {
  readonly observedGeneration: number | undefined;
  readonly now: string;
}

/** Completes a condition. It keeps the observed lastTransitionTime unless the status changes. */
export function stampCondition(condition: ReportedCondition, observed: readonly unknown[], moment: Moment): object {
  const { type, status, reason, message, startsNow } = condition;
  const before = observed.filter((candidate) => isOfType(candidate, [type])).find(isCondition);
  return {
    type,
    status,
    reason,
    message: sentence(message),
    lastTransitionTime: before?.status === status && !startsNow ? before.lastTransitionTime : moment.now,
    ...(moment.observedGeneration !== undefined && { observedGeneration: moment.observedGeneration }),
  };
}

/** The observed conditions of all other types, unchanged. */
export function otherConditions(types: readonly string[], observed: readonly unknown[]): readonly unknown[] {
  return observed.filter((condition) => !isOfType(condition, types));
}

/** Tells it without a schema, because others may leave a hundred thousand conditions. */
function isOfType(condition: unknown, types: readonly unknown[]): boolean {
  return isPlainObject(condition) && types.includes(condition['type']);
}

function isCondition(value: unknown): value is ObservedCondition {
  return isObservedCondition(value);
}
