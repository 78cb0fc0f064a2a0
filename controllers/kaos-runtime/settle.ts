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

/** What a kind gives to the decision about one of its resources. */
interface Proposal {
  /** What its spec asks for, or why the spec itself cannot be made. */
  readonly plan: Plan;
  /** Whether its dependencies exist and are ready. */
  readonly checks?: readonly Check[];
  /** Messages about all objects that it refers to and that do not exist, needed or not. */
  readonly unresolved?: readonly string[];
  readonly links?: Readonly<Record<string, string>>;
}

/**
 * Decides what becomes of a resource: the first reason to hold it, or else its plan. A held resource keeps its children,
 * because the engine deletes a child that the answer leaves out.
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

/** The reasons to hold a resource of any kind. They come before those of its own kind. */
function commonChecks({ deleting, finalizers, naming, nameConflict }: Observed): readonly Check[] {
  const { serviceName } = naming;
  const whyNoName = whyNoServiceName(serviceName);
  return [
    deleting && deletion(finalizers),
    whyNoName !== undefined && failed('InvalidName', `metadata.name: its Service ${quote(serviceName)} ${whyNoName}`),
    nameConflict !== undefined && failed('NameConflict', nameConflict),
  ];
}

/** For the log and the metrics: all messages about a resource that runs, or why one has failed. */
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
