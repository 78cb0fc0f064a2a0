import type { DesiredStatus } from '../contract.ts';
import { acceptedUnless } from '../kubernetes/objects/conditions.ts';
import type { Problem } from '../problem.ts';
import type { Settings } from '../settings.ts';
import { leftOut } from './agents/exposed-agents.ts';
import { type DesiredGateway, desiredGateway } from './desired-gateway.ts';
import type { Observed } from './observed.ts';
import { type Refusal, whyRefused } from './refusal.ts';
import { statusWith, statusWithoutOurs } from './status.ts';

export type Desired = DesiredGateway | NotDesired;

interface NotDesired {
  readonly outcome: 'none';
  readonly reason: Refusal['reason'];
  readonly status: DesiredStatus;
  readonly problems: readonly Problem[];
}

/** Makes a gateway whose class is ours, or keeps or releases the children of any other. */
export function desire(observed: Observed, { agentGateway }: Settings): Desired {
  const refusal = whyRefused(observed);
  return refusal === undefined ? desiredGateway(observed, agentGateway) : refused(observed, refusal);
}

const RELEASED: readonly Refusal['reason'][] = ['Deleting', 'ClassOfAnother'];

function refused(observed: Observed, { reason, message }: Refusal): Desired {
  const [first, ...others] = RELEASED.includes(reason) ? [] : observed.children;
  const problem = { reason: 'GatewayProblem', about: observed.about } as const;
  const answer = {
    status: statusOfRefused(observed, { reason, message }),
    problems: [...observed.problems, ...(message === undefined ? [] : [{ ...problem, message }])],
  };
  return first
    ? {
        ...answer,
        outcome: 'desired',
        children: [first, ...others],
        leftOut: leftOut(observed.agents),
        hold: undefined,
        resyncAfterSeconds: undefined,
      }
    : { ...answer, outcome: 'none', reason };
}

/** Says why, if anything is to be said; a gateway of another class loses the conditions that are ours. */
function statusOfRefused(observed: Observed, { reason, message }: Refusal): DesiredStatus {
  const isLeft = reason === 'ClassOfAnother' && observed.children.length > 0;
  const silent = isLeft ? statusWithoutOurs(observed) : null;
  return message === undefined ? silent : statusWith(observed, [acceptedUnless([{ reason, message }])]);
}
