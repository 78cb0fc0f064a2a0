import type { Deployment } from '../kubernetes/kinds/deployment.ts';
import { SPEC_HASH_ANNOTATION } from './children/deployment.ts';
import type { Observed } from './observed.ts';
import { isUnderWay, progressing } from './rollout/admission.ts';
import type { Candidate, HoldReason, Rollout } from './rollout/rollout.ts';
import type { GatewayCondition } from './status.ts';

/** Whether the Deployment that carries the present configuration is available. */
export function programmed(
  { serving }: Observed,
  plan: Rollout,
  { configHash, specHash }: Candidate,
): GatewayCondition {
  if (plan.outcome === 'hold') {
    return notYet(HELD[plan.why].reason, HELD[plan.why].message);
  }
  const observedSpecHash = serving.deployment?.metadata.annotations?.[SPEC_HASH_ANNOTATION];
  if (serving.deployment === undefined || serving.configHash !== configHash || observedSpecHash !== specHash) {
    return notYet('Pending', 'the present configuration is being rolled out');
  }
  const failure = whyNotAvailable(serving.deployment);
  return (
    failure ?? {
      type: 'Programmed',
      status: 'True',
      reason: 'Programmed',
      message: 'The present configuration is served',
    }
  );
}

const HELD = {
  Guardrails: { reason: 'GuardrailsNotSupported', message: 'it asks for guardrails, which this gateway does not have' },
  TooLarge: {
    reason: 'ConfigTooLarge',
    message: 'the configuration is larger than AGENT_GATEWAY_CONFIG_LIMIT_KIB allows; the last one stays',
  },
  UnderWay: { reason: 'Pending', message: 'a rollout is under way; the changes since go out with the next' },
  Collecting: { reason: 'Pending', message: 'the first agents are being collected' },
  Empty: { reason: 'Pending', message: 'all agents vanished at once; they are kept for one resync' },
} as const satisfies Record<HoldReason, { readonly reason: string; readonly message: string }>;

function whyNotAvailable(deployment: Deployment): GatewayCondition | undefined {
  const conditions = deployment.status?.conditions ?? [];
  if (progressing(deployment)?.reason === 'ProgressDeadlineExceeded') {
    return notYet('RolloutFailed', 'the rollout did not finish in time; see the pods of the Deployment');
  }
  const isAvailable = conditions.some(({ type, status }) => type === 'Available' && status === 'True');
  return isAvailable && !isUnderWay(deployment) ? undefined : notYet('Pending', 'the pods are not available yet');
}

function notYet(reason: string, message: string): GatewayCondition {
  return { type: 'Programmed', status: 'False', reason, message };
}
