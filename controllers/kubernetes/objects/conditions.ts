import { type Static, Type } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';
import { sentence } from '../../data/quote.ts';

/** metav1.Condition as it is observed; conditions of others may be of any form. */
const ObservedCondition = Type.Object({
  type: Type.String(),
  status: Type.String(),
  lastTransitionTime: Type.String(),
});
type ObservedCondition = Static<typeof ObservedCondition>;

const Typed = Type.Object({ type: Type.String() });

/** What is said of a parent, before it has a time. */
export interface Condition {
  readonly type: string;
  readonly status: 'True' | 'False' | 'Unknown';
  readonly reason: string;
  readonly message: string;
}

/** What stands against a condition, and so makes it False. */
export interface Objection {
  readonly reason: string;
  readonly message: string;
}

/** The condition Accepted of a resource: False with the first reason and all messages, if there are any. */
export function acceptedUnless(objections: readonly Objection[]): Condition {
  return conditionUnless(objections, { type: 'Accepted', message: 'The resource is accepted' });
}

/** The condition ResolvedRefs, in the same way. */
export function resolvedUnless(objections: readonly Objection[]): Condition {
  return conditionUnless(objections, { type: 'ResolvedRefs', message: 'All references are resolved' });
}

function conditionUnless(objections: readonly Objection[], satisfied: Pick<Condition, 'type' | 'message'>): Condition {
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

/** A condition with the time of its last flip: the observed one while the status stays what it was. */
export function stampCondition(condition: Condition, observed: readonly unknown[], moment: Moment): object {
  const { type, status, reason, message } = condition;
  const before = observed.filter(isCondition).find((candidate) => candidate.type === type);
  return {
    type,
    status,
    reason,
    message: sentence(message),
    lastTransitionTime: before?.status === status ? before.lastTransitionTime : moment.now,
    ...(moment.observedGeneration !== undefined && { observedGeneration: moment.observedGeneration }),
  };
}

/** The observed conditions of other types than these, as they are. */
export function otherConditions(types: readonly string[], observed: readonly unknown[]): readonly unknown[] {
  return observed.filter((condition) => !(Value.Check(Typed, condition) && types.includes(condition.type)));
}

function isCondition(value: unknown): value is ObservedCondition {
  return Value.Check(ObservedCondition, value);
}
