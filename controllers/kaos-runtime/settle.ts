/** kaos-runtime/ runs KAOS's Agents, ModelAPIs, MCPServers and MemoryStores. This file decides whether one of them runs or is held. */

import { callersOf } from '../access/callers.ts';
import { quote, sentence } from '../data/quote.ts';
import { CHILD_NOT_CREATED } from '../engine/child-not-created.ts';
import type { Condition } from '../kubernetes/objects/conditions.ts';
import { whyNoServiceName } from '../kubernetes/values/names.ts';
import type { Problem, ProblemReason } from '../problem.ts';
import type { Settings } from '../settings.ts';
import { unknownFieldComplaints } from './complaint.ts';
import { type Check, deletion, failed, firstHold } from './hold.ts';
import type { Observed } from './observed.ts';
import type { Decision, Plan } from './plan.ts';
import { programmed } from './programmed.ts';
import { type RuntimeStatus, statusOf } from './status.ts';
import { evadesPolicy, withPolicy } from './workload/network-policy.ts';

/** The decision about a resource, with the status and the problems that follow from it. */
export interface Desired extends Decision {
  readonly status: RuntimeStatus;
  readonly problems: readonly Problem[];
}

/** What each kind contributes to the decision about one of its resources. */
interface Proposal {
  /** What the spec asks for, or why the spec is not valid. */
  readonly plan: Plan;
  /** Whether the dependencies exist and are ready. */
  readonly checks?: readonly Check[];
  /** A message for each object that the resource refers to and cannot use. */
  readonly unresolved?: readonly string[];
  /** A message for each of them that its pods may not call, by the access rules. */
  readonly unreachable?: readonly string[];
  readonly links?: Readonly<Record<string, string>>;
  /** Conditions that only this kind has. */
  readonly conditions?: readonly Condition[];
}

/**
 * Holds a resource for the first reason that applies, or else runs its plan. The answer for a held resource repeats its
 * children, because Metacontroller deletes a child that the answer leaves out.
 */
export function settle(observed: Observed, proposal: Proposal, settings: Settings): Desired {
  const { checks = [], unresolved = [], unreachable = [], links = {}, conditions = [] } = proposal;
  const allChecks = [...commonChecks(observed), ...checks, evasion(observed, proposal.plan)];
  const plan = firstHold(allChecks) ?? proposal.plan;
  const children = withPolicy(observed, plan.outcome === 'run' ? plan.children : observed.children);
  const decision = {
    plan,
    children,
    // A held resource reports them too, so that its owner can mend everything at once.
    complaints: [
      ...observed.annotationComplaints,
      ...(proposal.plan.outcome === 'run' ? proposal.plan.complaints : []),
      ...unknownFieldComplaints(observed.unknownFields),
    ],
    unresolved: observed.tooLarge === undefined ? unresolved : [],
    unreachable: observed.tooLarge === undefined ? unreachable : [],
    links,
    conditions,
    programmed: programmed(observed, { plan, children }),
  };
  return { ...decision, status: statusOf(observed, decision, settings), problems: problemsOf(observed, decision) };
}

/** The reasons to hold a resource of any kind. They come before the reasons of its own kind. */
function commonChecks({ deleting, finalizers, naming, tooLarge, nameConflict }: Observed): readonly Check[] {
  const { serviceName } = naming;
  const whyNoName = whyNoServiceName(serviceName);
  return [
    deleting && deletion(finalizers),
    whyNoName !== undefined &&
      failed('InvalidName', `metadata.name: the Service name ${quote(serviceName)} ${whyNoName}`),
    tooLarge !== undefined && failed('SpecTooLarge', `spec: ${tooLarge}`),
    nameConflict !== undefined && failed('NameConflict', nameConflict),
  ];
}

/** A NetworkPolicy has no effect on pods in the network of their node, so these would let everybody connect. */
function evasion({ access, naming }: Observed, plan: Plan): Check {
  const callers = callersOf(access);
  return (
    callers !== undefined &&
    plan.outcome === 'run' &&
    evadesPolicy(plan.children, naming) &&
    failed(
      'FromNotEnforced',
      `spec.podSpec.hostNetwork: true is not valid, because ${callers.rule} of the access rules says who may connect, which holds only in the network of pods; remove the field`,
    )
  );
}

/** The problems for the log and the metrics: all messages about a resource that runs, or why it has failed or what it lacks. */
function problemsOf({ about, problems, notAdopted }: Observed, decision: Decision): readonly Problem[] {
  const { plan, complaints, unresolved, unreachable, programmed: condition } = decision;
  const toProblem = (reason: ProblemReason, message: string): Problem => ({
    reason,
    about,
    message: sentence(message),
  });
  if (plan.outcome === 'hold') {
    const reason = plan.reason === 'InvalidName' ? 'InvalidName' : 'RuntimeProblem';
    const isReported = plan.phase === 'Failed' || plan.condition === 'ResolvedRefs';
    return [...problems, ...(isReported ? [toProblem(reason, plan.message)] : [])];
  }
  const ofSpec = complaints.filter(({ reason }) => reason !== 'UnknownAnnotation');
  const messages = [
    ...ofSpec.map(({ message }) => message),
    ...unresolved,
    ...unreachable,
    ...(notAdopted ? [notAdopted] : []),
    ...(condition.reason === CHILD_NOT_CREATED ? [condition.message] : []),
  ];
  return [...problems, ...plan.problems, ...messages.map((message) => toProblem('RuntimeProblem', message))];
}
