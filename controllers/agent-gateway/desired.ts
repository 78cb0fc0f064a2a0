import type { DesiredObject, DesiredStatus } from '../contract.ts';
import { acceptedUnless } from '../kubernetes/objects/conditions.ts';
import type { Problem } from '../problem.ts';
import type { Settings } from '../settings.ts';
import { keptChildren } from './children/kept-children.ts';
import { type DesiredGateway, desiredGateway } from './desired-gateway.ts';
import type { Observed } from './observed.ts';
import { type Refusal, whyRefused } from './refusal.ts';
import { statusWith, statusWithoutOurs } from './status.ts';

export type Desired = DesiredGateway | KeptGateway | NoGateway;

/** A gateway that gets no new children. The existing ones are answered again, so that they stay, without what access rules close. */
interface KeptGateway {
  readonly outcome: 'kept';
  readonly reason: Refusal['reason'];
  readonly children: readonly [DesiredObject, ...DesiredObject[]];
  readonly status: DesiredStatus;
  readonly problems: readonly Problem[];
}

/** A gateway without children, or whose children are released. */
interface NoGateway {
  readonly outcome: 'none';
  readonly reason: Refusal['reason'];
  readonly status: DesiredStatus;
  readonly problems: readonly Problem[];
}

/** Makes a gateway whose class is ours, or keeps or releases the children of any other. */
export function desire(observed: Observed, settings: Settings): Desired {
  const refusal = whyRefused(observed);
  return refusal === undefined ? desiredGateway(observed, settings) : refused(observed, refusal, settings);
}

const RELEASED: readonly Refusal['reason'][] = ['Deleting', 'ClassOfAnother'];

function refused(observed: Observed, refusal: Refusal, settings: Settings): Desired {
  const { reason, message } = refusal;
  const [first, ...others] = RELEASED.includes(reason) ? [] : keptChildren(observed, settings);
  const problem = { reason: 'GatewayProblem', about: observed.about } as const;
  const messages = [observed.whyNotClaimed ?? message].filter((text) => text !== undefined);
  const answer = {
    status: statusOfRefused(observed, refusal),
    problems: [...observed.problems, ...messages.map((text) => ({ ...problem, message: text }))],
  };
  return first
    ? { ...answer, outcome: 'kept', reason, children: [first, ...others] }
    : { ...answer, outcome: 'none', reason };
}

/** Reports the refusal, or removes our conditions if the class belongs to another controller. */
function statusOfRefused(observed: Observed, { reason, message }: Refusal): DesiredStatus {
  const isLeft = reason === 'ClassOfAnother' && observed.children.length > 0;
  const silent = isLeft ? statusWithoutOurs(observed) : null;
  return message === undefined ? silent : statusWith(observed, [acceptedUnless([{ reason, message }])]);
}
