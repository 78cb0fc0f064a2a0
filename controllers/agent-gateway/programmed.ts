import type { GatewayProgrammedReason } from '../condition-reasons.ts';
import type { DesiredObject } from '../contract.ts';
import { childNotCreated } from '../engine/child-not-created.ts';
import { notApplied } from '../engine/not-applied.ts';
import type { Condition } from '../kubernetes/objects/conditions.ts';
import { notProgrammed, programmedBy } from '../kubernetes/objects/deployment-rollout.ts';
import { CONFIG_KEY } from './children/config-files.ts';
import { SPEC_HASH_ANNOTATION } from './children/deployment.ts';
import type { Observed } from './observed.ts';
import type { Pace, PaceHold } from './rollout/pace.ts';

/** Why a gateway's configuration is held back. */
export const HELD = {
  Guardrails: {
    reason: 'GuardrailsNotSupported',
    message: 'spec.guardrails: guardrails are not supported by this gateway',
  },
  TooLarge: {
    reason: 'ConfigTooLarge',
    message:
      'krakend.json is larger than AGENT_GATEWAY_CONFIG_LIMIT_KIB allows, even without agents; the last one that fits stays in use',
  },
  UnderWay: { reason: 'Pending', message: 'A rollout is under way; later changes go out with the next one' },
  Collecting: { reason: 'Pending', message: 'The first agents are being collected' },
  Empty: { reason: 'Pending', message: 'All agents vanished at once; they are kept until the next resync' },
} as const satisfies Record<PaceHold, { readonly reason: GatewayProgrammedReason; readonly message: string }>;

/** The children of this answer, the hash of the spec that they are made from, and the pace. */
interface Outgoing {
  readonly children: readonly DesiredObject[];
  readonly specHash: string;
  readonly pace: Pace;
}

/** Whether the Deployment that carries the latest configuration is complete; while it is held back, why. */
export function programmed(observed: Observed, { children, specHash, pace }: Outgoing): Condition {
  const { hold, configHash } = pace;
  if (hold !== undefined) {
    return notProgrammed(HELD[hold].reason, HELD[hold].message);
  }
  const { serving, gateway, observedChildren, now } = observed;
  const { kind, metadata, status } = gateway;
  const waiting = { ...metadata, kind, generation: metadata.generation, conditions: status?.conditions ?? [], now };
  const isOfSpec = serving.deployment?.metadata.annotations?.[SPEC_HASH_ANNOTATION] === specHash;
  const isCurrent = isOfSpec && serving.configHash === configHash;
  return (
    childNotCreated(notApplied(children, observedChildren), waiting) ??
    withUsage(programmedBy(serving.deployment, isCurrent), pace)
  );
}

/** From this share of the limit on, in percent, there is a warning. */
const NEARLY_FULL = 80;

/** The condition with the size of the configuration in use. */
function withUsage(condition: Condition, pace: Pace): Condition {
  const warning = nearlyFull(pace);
  const message = `${condition.message}: ${usage(pace)}${warning === undefined ? '' : `. ${warning}`}`;
  return condition.status === 'True' ? { ...condition, message } : condition;
}

/** Why agents will soon be left out; undefined if there is room. */
export function nearlyFull({ hold, percentUsed, room }: Pace): string | undefined {
  return hold === undefined && percentUsed >= NEARLY_FULL
    ? `Agents are left out once ${room.limit} is reached: raise it, or narrow AGENT_GATEWAY_AGENT_SELECTOR`
    : undefined;
}

function usage({ admitted, files, percentUsed, room }: Pace): string {
  const { length } = files.settings;
  const place = length === 0 ? CONFIG_KEY : `${length} settings file${length === 1 ? '' : 's'}`;
  const agents = `${admitted.length} agent${admitted.length === 1 ? '' : 's'}`;
  return `${agents} in ${place}, ${percentUsed} % of ${room.limit}`;
}
