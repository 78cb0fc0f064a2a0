import type { DesiredObject } from '../contract.ts';
import { quote, sentence } from '../data/quote.ts';
import { whyNoServiceName } from '../kubernetes/values/names.ts';
import type { Problem, ProblemReason } from '../problem.ts';
import type { Settings } from '../settings.ts';
import type { Observed } from './observed.ts';
import { failed, type Hold, type Plan, withComplaints } from './plan.ts';
import { type RuntimeStatus, statusOf } from './status.ts';

/** What is answered of a resource. */
export interface Desired {
  readonly plan: Plan;
  /** The new ones, or, while it waits or has failed, those that are there. */
  readonly children: readonly DesiredObject[];
  readonly status: RuntimeStatus;
  readonly problems: readonly Problem[];
}

interface Proposal {
  /** What its spec comes to, once nothing is in the way of making it. */
  readonly plan: Plan;
  /** What it refers to and is not there, whether it can do without or not. */
  readonly unresolved?: readonly string[];
  readonly links?: Readonly<Record<string, string>>;
}

/** A resource that cannot be made, or not yet, keeps what it has: a missing child would be a deletion. */
export function settle(observed: Observed, proposal: Proposal, settings: Settings): Desired {
  const { plan, unresolved = [], links } = proposal;
  const hold = whyHeld(observed);
  const settled = hold ? withComplaints(hold, plan) : plan;
  const children = settled.outcome === 'run' ? settled.children : observed.children;
  const notAdopted = settled.outcome === 'run' ? observed.notAdopted : undefined;
  return {
    plan: settled,
    children,
    status: statusOf(observed, { plan: settled, unresolved, children, notAdopted, links }, settings),
    problems: problemsOf(observed, settled, [...unresolved, ...(notAdopted ? [notAdopted] : [])]),
  };
}

const KAOS_FINALIZER = /^kaos\.tools\/[a-z]+-finalizer$/;

function whyHeld({ deleting, finalizers, naming, nameConflict }: Observed): Hold | undefined {
  if (deleting) {
    return deletion(finalizers.find((name) => KAOS_FINALIZER.test(name)));
  }
  const whyNoName = whyNoServiceName(naming.serviceName);
  if (whyNoName !== undefined) {
    return failed('InvalidName', `metadata.name: its Service ${quote(naming.serviceName)} ${whyNoName}`);
  }
  return nameConflict === undefined ? undefined : failed('NameConflict', nameConflict);
}

/** Only the KAOS operator takes its finalizers off by itself; a hook cannot. */
function deletion(finalizer: string | undefined): Hold {
  const message =
    finalizer === undefined
      ? 'It is being deleted'
      : `It is being deleted, and the KAOS operator's finalizer ${finalizer} keeps it: remove that from metadata.finalizers`;
  return { outcome: 'hold', phase: 'Pending', condition: 'Programmed', reason: 'Deleting', message };
}

function problemsOf({ about, problems }: Observed, plan: Plan, others: readonly string[]): Problem[] {
  const told = (reason: ProblemReason, message: string): Problem => ({ reason, about, message: sentence(message) });
  if (plan.outcome === 'run') {
    return [
      ...problems,
      ...plan.problems,
      ...[...plan.complaints.map(({ message }) => message), ...others].map((message) =>
        told('RuntimeProblem', message),
      ),
    ];
  }
  const reason = plan.reason === 'InvalidName' ? 'InvalidName' : 'RuntimeProblem';
  return plan.phase === 'Failed' ? [...problems, told(reason, plan.message)] : [...problems];
}
