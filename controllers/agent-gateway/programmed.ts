import type { Condition } from '../kubernetes/objects/conditions.ts';
import { notProgrammed, programmedBy } from '../kubernetes/objects/deployment-rollout.ts';
import { SPEC_HASH_ANNOTATION } from './children/deployment.ts';
import type { Observed } from './observed.ts';
import type { Pace, PaceHold } from './rollout/pace.ts';

const HELD = {
  Guardrails: {
    reason: 'GuardrailsNotSupported',
    message: 'spec.guardrails: guardrails are not supported by this gateway',
  },
  TooLarge: {
    reason: 'ConfigTooLarge',
    message:
      'The configuration is larger than AGENT_GATEWAY_CONFIG_LIMIT_KIB allows; the last one that fits stays in use',
  },
  UnderWay: { reason: 'Pending', message: 'A rollout is under way; later changes go out with the next one' },
  Collecting: { reason: 'Pending', message: 'The first agents are being collected' },
  Empty: { reason: 'Pending', message: 'All agents vanished at once; they are kept until the next resync' },
} as const satisfies Record<PaceHold, { readonly reason: string; readonly message: string }>;

/** Whether the Deployment that carries the latest configuration is complete; while it is held back, why. */
export function programmed({ serving }: Observed, specHash: string, { hold, configHash }: Pace): Condition {
  const { deployment } = serving;
  const isOfSpec = deployment?.metadata.annotations?.[SPEC_HASH_ANNOTATION] === specHash;
  return hold === undefined
    ? programmedBy(deployment, isOfSpec && serving.configHash === configHash)
    : notProgrammed(HELD[hold].reason, HELD[hold].message);
}
