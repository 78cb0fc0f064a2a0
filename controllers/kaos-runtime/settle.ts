/** kaos-runtime/ runs KAOS's Agents, ModelAPIs and MCPServers. Here it is decided what becomes of one of them. */

import { quote, sentence } from '../data/quote.ts';
import { whyNoServiceName } from '../kubernetes/values/names.ts';
import type { Problem, ProblemReason } from '../problem.ts';
import type { Settings } from '../settings.ts';
import { type Check, deletion, failed } from './hold.ts';
import type { Observed } from './observed.ts';
import type { Decision, Plan } from './plan.ts';
import { type RuntimeStatus, statusOf } from './status.ts';

/** What is answered of a resource. */
export interface Desired extends Decision {
  readonly status: RuntimeStatus;
  readonly problems: readonly Problem[];
}

/** What a kind has to say of one of its resources. */
interface Proposal {
  /** What its spec comes to, once nothing is in the way of making it. */
  readonly plan: Plan;
  /** Whether what it depends on is there, and ready. */
  readonly checks?: readonly Check[];
  /** What it refers to and is not there, whether it can do without or not. */
  readonly unresolved?: readonly string[];
  readonly links?: Readonly<Record<string, string>>;
}

/**
 * Decides what becomes of a resource: the first reason to hold it, or else its plan. One that is held keeps the children that
 * it has: a missing child would be a deletion.
 */
export function settle(observed: Observed, proposal: Proposal, settings: Settings): Desired {
  const { checks = [], unresolved = [], links = {} } = proposal;
  const allChecks = [...commonChecks(observed), ...checks];
  const plan = allChecks.find((check) => check !== false) ?? proposal.plan;
  const decision = {
    plan,
    children: plan.outcome === 'run' ? plan.children : observed.children,
    complaints: proposal.plan.outcome === 'run' ? proposal.plan.complaints : [],
    unresolved,
    links,
  };
  return { ...decision, status: statusOf(observed, decision, settings), problems: problemsOf(observed, decision) };
}

/** What keeps a resource of any kind from being made. */
function commonChecks({ deleting, finalizers, naming, nameConflict }: Observed): readonly Check[] {
  const { serviceName } = naming;
  const whyNoName = whyNoServiceName(serviceName);
  return [
    deleting && deletion(finalizers),
    whyNoName !== undefined && failed('InvalidName', `metadata.name: its Service ${quote(serviceName)} ${whyNoName}`),
    nameConflict !== undefined && failed('NameConflict', nameConflict),
  ];
}

/** What the log and the metrics tell: all that is said of a resource that runs, or why one has failed. */
function problemsOf({ about, problems, notAdopted }: Observed, decision: Decision): readonly Problem[] {
  const { plan, complaints, unresolved } = decision;
  const told = (reason: ProblemReason, message: string): Problem => ({ reason, about, message: sentence(message) });
  if (plan.outcome === 'hold') {
    const reason = plan.reason === 'InvalidName' ? 'InvalidName' : 'RuntimeProblem';
    return [...problems, ...(plan.phase === 'Failed' ? [told(reason, plan.message)] : [])];
  }
  const messages = [...complaints.map(({ message }) => message), ...unresolved, ...(notAdopted ? [notAdopted] : [])];
  return [...problems, ...plan.problems, ...messages.map((message) => told('RuntimeProblem', message))];
}
