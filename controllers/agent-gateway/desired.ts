import type { DesiredStatus } from '../contract.ts';
import { quote } from '../data/quote.ts';
import { whyNoDnsLabel } from '../kubernetes/values/names.ts';
import type { Problem } from '../problem.ts';
import type { Settings } from '../settings.ts';
import { build } from './build.ts';
import type { Observed } from './observed.ts';
import { type DesiredGateway, publish } from './publish.ts';
import { accepted, statusWith, statusWithoutOurs } from './status.ts';

type NoChildrenReason = 'Deleting' | 'ClassOfAnother' | 'ClassNotFound' | 'NameConflict' | 'InvalidName';

export type Desired =
  | DesiredGateway
  | {
      readonly outcome: 'none';
      readonly reason: NoChildrenReason;
      readonly status: DesiredStatus;
      readonly problems: readonly Problem[];
    };

/** Whether a gateway is ours to make, and what is made of it. */
export function desire(observed: Observed, { agentGateway }: Settings): Desired {
  if (observed.deleting) {
    return none(observed, 'Deleting', null);
  }
  if (observed.claim === 'theirs') {
    return none(observed, 'ClassOfAnother', observed.children.length > 0 ? statusWithoutOurs(observed) : null);
  }
  if (observed.claim === 'unknown') {
    return observed.children.length > 0
      ? keep(observed, { reason: 'ClassNotFound', message: 'its class is not there; what serves is kept as it is' })
      : none(observed, 'ClassNotFound', null);
  }
  const { name } = observed.gateway.metadata;
  const whyNoName = whyNoDnsLabel(name);
  if (whyNoName !== undefined) {
    return keep(observed, { reason: 'InvalidName', message: `metadata.name: ${quote(name)} ${whyNoName}` });
  }
  return observed.nameConflict === undefined
    ? publish(observed, build(observed, agentGateway), agentGateway)
    : keep(observed, { reason: 'NameConflict', message: observed.nameConflict });
}

function none({ problems }: Observed, reason: NoChildrenReason, status: DesiredStatus): Desired {
  return { outcome: 'none', reason, status, problems };
}

interface Refusal {
  readonly reason: 'ClassNotFound' | 'NameConflict' | 'InvalidName';
  readonly message: string;
}

/** Nothing new is made, and what is ours stays as it is. */
function keep(observed: Observed, refusal: Refusal): Desired {
  const status = statusWith(observed, [accepted([refusal])]);
  const problem: Problem = { reason: 'GatewayProblem', about: observed.about, message: refusal.message };
  const problems = [...observed.problems, problem];
  const [first, ...others] = observed.children;
  return first
    ? { outcome: 'gateway', children: [first, ...others], status, problems }
    : { outcome: 'none', reason: refusal.reason, status, problems };
}
