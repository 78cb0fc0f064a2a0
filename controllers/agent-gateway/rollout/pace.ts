import { hash } from '../../data/hash.ts';
import type { ConfigMap } from '../../kubernetes/kinds/config-map.ts';
import { secondsOf } from '../../kubernetes/values/time.ts';
import type { AgentGatewaySettings } from '../../settings.ts';
import type { ServedAgent } from '../agents/exposed-agents.ts';
import { EMPTY_SINCE_ANNOTATION } from '../children/config-map.ts';
import { krakendConfig } from '../krakend/krakend-config.ts';
import { krakendJson } from '../krakend/krakend-json.ts';
import type { Observed } from '../observed.ts';
import type { GatewaySpec } from '../spec.ts';
import { admission } from './admission.ts';
import { hasWithdrawn } from './agent-changes.ts';
import { firstTrue, situationOf } from './situation.ts';

/** What goes out now. It is decided once; children, status and rows follow from it. */
export interface Pace {
  /** The agents of the configuration that would go out. */
  readonly admitted: readonly ServedAgent[];
  /** The agents for which the configuration has no room. */
  readonly excess: readonly ServedAgent[];
  readonly krakendJson: string;
  readonly configHash: string;
  /** Why the observed configuration and pods are answered instead; undefined if this configuration goes out. */
  readonly hold: HoldReason | undefined;
  readonly resyncAfterSeconds: number | undefined;
}

export type HoldReason = 'Guardrails' | 'TooLarge' | 'Collecting' | 'Empty' | 'UnderWay';

/** How long a gateway that lost all of its agents at once keeps them. */
const EMPTY_SECONDS = 30;
/** When to ask again. For what is not named here, a change of the gateway or of the settings comes first. */
const RESYNC_SECONDS: { readonly [reason in HoldReason]?: number } = {
  Collecting: 2,
  Empty: EMPTY_SECONDS,
  UnderWay: 10,
};
const WAITING_RESYNC_SECONDS = 2;

/**
 * Decides which agents are in the next configuration and whether it goes out now. Changes of agents are collected, so that
 * many of them are few rollouts, and only one rollout is under way at a time. A change of the gateway itself goes out at
 * once, and so does an agent that must not be served any longer, unless a configuration was written a moment ago.
 */
export function paceOf(observed: Observed, spec: GatewaySpec, settings: AgentGatewaySettings): Pace {
  const situation = situationOf(observed, spec.specHash);
  const limitBytes = settings.configLimitKiB * 1024;
  const room = limitBytes - byteLength(krakendJson(krakendConfig(spec.timeout, []), spec.pods.name));
  const { shortPathNamespaces } = settings;
  const { admitted, excess, waiting } = admission(observed, situation, { room, shortPathNamespaces });
  const text = krakendJson(krakendConfig(spec.timeout, admitted), spec.pods.name);
  const configHash = hash(text);
  const isChanged = configHash !== observed.serving.configHash || waiting > 0;
  const hold = firstTrue<HoldReason>([
    ['Guardrails', settings.guardrails === 'refuse' && wantsGuardrails(observed)],
    ['TooLarge', byteLength(text) > limitBytes],
    ['Collecting', situation === 'early'],
    ['Empty', situation === 'emptied' && isStillAwaited(observed)],
    ['UnderWay', situation === 'rolling' && isChanged],
  ]);
  return {
    admitted,
    excess,
    krakendJson: text,
    configHash,
    hold,
    resyncAfterSeconds: resyncOf(hold, waiting, hasWithdrawn(observed.agents, observed.serving.agents)),
  };
}

/** A withdrawn agent that waits, and a change that is not due, are asked about soon. */
function resyncOf(hold: HoldReason | undefined, waiting: number, withdraws: boolean): number | undefined {
  const soon = hold === undefined ? waiting > 0 : hold === 'UnderWay' && withdraws;
  const later = hold && RESYNC_SECONDS[hold];
  return soon ? WAITING_RESYNC_SECONDS : later;
}

/** Whether a gateway asks for guardrails, which KrakenD does not have. */
function wantsGuardrails({ gateway }: Observed): boolean {
  return (gateway.spec?.guardrails?.length ?? 0) > 0;
}

/** Whether vanished agents are still waited for, which takes one resync: the cluster may just not have been read yet. */
function isStillAwaited({ serving, now }: Observed): boolean {
  const since = emptySince(serving.configMap);
  return since === undefined || (secondsOf(now) ?? 0) - since < EMPTY_SECONDS;
}

/** When all agents were first seen to have vanished, in seconds since 1970; undefined if no time is noted. */
export function emptySince(configMap: ConfigMap | undefined): number | undefined {
  return secondsOf(configMap?.metadata.annotations?.[EMPTY_SINCE_ANNOTATION]);
}

function byteLength(text: string): number {
  return new TextEncoder().encode(text).length;
}
