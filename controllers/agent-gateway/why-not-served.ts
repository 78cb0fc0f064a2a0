import { type Cause, fieldOf, settingNamed, type Unreachable } from '../endpoint.ts';
import type { Desired } from './desired.ts';
import type { Observed } from './observed.ts';
import { HELD } from './programmed.ts';
import type { Refusal } from './refusal.ts';
import type { PaceHold } from './rollout/pace.ts';

/** Why a gateway has no pods, in one word. */
export function wordNotServed(desired: Desired): string {
  return desired.outcome === 'desired' ? (desired.hold ?? '') : desired.reason;
}

/** The same with the sentence for its status, and what decided it. */
export function whyNotServed(
  observed: Observed,
  desired: Desired,
): Pick<Unreachable, 'reason' | 'message' | 'because'> {
  const reason = wordNotServed(desired);
  return desired.outcome === 'desired'
    ? { reason, message: desired.hold && HELD[desired.hold].message, because: causeOfHold(observed, desired.hold) }
    : { reason, message: messageOf(observed, desired), because: fieldOf(observed.gateway, FIELDS[desired.reason]) };
}

function messageOf({ about }: Observed, { problems }: Desired): string | undefined {
  const own = problems.filter((problem) => problem.about === about && problem.reason === 'GatewayProblem');
  return own.at(-1)?.message;
}

const FIELDS: Readonly<Record<Refusal['reason'], string>> = {
  Deleting: 'metadata.deletionTimestamp',
  ClassOfAnother: 'spec.agentGatewayClassName',
  ClassNotFound: 'spec.agentGatewayClassName',
  InvalidName: 'metadata.name',
  SpecTooLarge: 'spec',
  NameConflict: 'metadata.name',
};

/** Other holds end by themselves. */
function causeOfHold({ gateway }: Observed, hold: PaceHold | undefined): Cause | undefined {
  switch (hold) {
    case 'Guardrails':
      return fieldOf(gateway, 'spec.guardrails');
    case 'TooLarge':
      return settingNamed('AGENT_GATEWAY_CONFIG_LIMIT_KIB');
    default:
      return undefined;
  }
}
