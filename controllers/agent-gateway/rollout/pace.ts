import { hash } from '../../data/hash.ts';
import type { ConfigMap } from '../../kubernetes/kinds/config-map.ts';
import { isUnderWay } from '../../kubernetes/objects/deployment-rollout.ts';
import { writeTimes } from '../../kubernetes/objects/managed-fields.ts';
import { secondsOf } from '../../kubernetes/values/time.ts';
import type { AgentGatewaySettings } from '../../settings.ts';
import type { ServedAgent } from '../agents/exposed-agents.ts';
import { EMPTY_SINCE_ANNOTATION } from '../children/config-map.ts';
import { SPEC_HASH_ANNOTATION } from '../children/deployment.ts';
import { krakendConfig } from '../krakend/krakend-config.ts';
import { krakendJson } from '../krakend/krakend-json.ts';
import type { Observed } from '../observed.ts';
import type { GatewaySpec } from '../spec.ts';
import { changedAgents, hasWithdrawn, servedAgents, servesNone } from './agent-changes.ts';
import { cutoffOf, hasNothing, isDue, isEarly, latestTime } from './cutoff.ts';

/** What goes out now. It is decided once; children, status and rows follow from it. */
export interface Pace {
  /** The agents of the configuration that would go out. */
  readonly admitted: readonly ServedAgent[];
  readonly krakendJson: string;
  readonly configHash: string;
  /** Why the observed configuration and pods are answered instead; undefined if this configuration goes out. */
  readonly hold: HoldReason | undefined;
  readonly resyncAfterSeconds: number | undefined;
}

export type HoldReason = 'Guardrails' | 'TooLarge' | 'Collecting' | 'Empty' | 'UnderWay';

/** How long a gateway that lost all of its agents at once keeps them. */
const EMPTY_SECONDS = 30;
/** How long a withdrawn agent waits for the next rollout at most, so that many withdrawals are few rollouts. */
const WITHDRAWAL_SECONDS = 10;
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
  const { admitted, waiting } = admission(observed, situation);
  const config = krakendConfig({ timeout: spec.timeout, logLevel: settings.logLevel }, admitted);
  const text = krakendJson(config, spec.pods.name);
  const configHash = hash(text);
  const isChanged = configHash !== observed.serving.configHash || waiting > 0;
  const hold = firstTrue<HoldReason>([
    ['Guardrails', settings.guardrails === 'refuse' && wantsGuardrails(observed)],
    ['TooLarge', new TextEncoder().encode(text).length > settings.configLimitKiB * 1024],
    ['Collecting', situation === 'early'],
    ['Empty', situation === 'emptied' && isStillAwaited(observed)],
    ['UnderWay', situation === 'rolling' && isChanged],
  ]);
  return {
    admitted,
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

/**
 * What a gateway's pace depends on. `early`: it was just made. `damaged`: its pods do not read what they were started with.
 * `emptied`: all its agents vanished at once. `urgent`: more than the list of agents changed, or an agent was withdrawn.
 * `rolling`: a rollout is under way. `resting`: none of these.
 */
type Situation = 'early' | 'damaged' | 'emptied' | 'urgent' | 'rolling' | 'resting';

function situationOf(observed: Observed, specHash: string): Situation {
  const { serving, agents } = observed;
  const hasServed = serving.agents !== undefined && serving.agents.length > 0;
  const isOtherSpec = serving.deployment?.metadata.annotations?.[SPEC_HASH_ANNOTATION] !== specHash;
  const situation = firstTrue<Situation>([
    ['early', isEarly(observed)],
    ['damaged', !serving.isIntact],
    ['emptied', hasServed && servesNone(agents)],
    ['urgent', isOtherSpec || (hasWithdrawn(agents, serving.agents) && !wasJustWritten(observed))],
    ['rolling', isUnderWay(serving.deployment)],
  ]);
  return situation ?? 'resting';
}

interface Admission {
  readonly admitted: readonly ServedAgent[];
  /** How many changes of agents wait for a later configuration. */
  readonly waiting: number;
}

/** An agent whose change is not due keeps its place in the configuration, or is not in it yet. */
function admission(observed: Observed, situation: Situation): Admission {
  const { serving, agents } = observed;
  const changed = hasNothing(observed) ? agents : changedAgents(agents, serving.agents);
  const cutoff = cutoffOf(observed, changed, situation === 'urgent');
  const now = latestTime(observed);
  // If all agents vanished, the gateway waits for them in a way of its own.
  const late = servesNone(agents)
    ? []
    : changed.filter((agent) => situation === 'rolling' || !isDue(agent, cutoff, now));
  const waiting = new Set(late.map(({ id }) => id));
  const settled = agents.filter(({ id }) => !waiting.has(id));
  const kept = (serving.agents ?? []).filter(({ id }) => waiting.has(id));
  return { admitted: servedAgents(settled, kept), waiting: waiting.size };
}

/** Whether a rollout is under way of a configuration that was written a moment ago. */
function wasJustWritten(observed: Observed): boolean {
  const { deployment, configMap } = observed.serving;
  const written = writeTimes(configMap?.metadata).reduce((latest, time) => Math.max(latest, time), 0);
  return isUnderWay(deployment) && latestTime(observed) - written < WITHDRAWAL_SECONDS;
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

function firstTrue<Name extends string>(checks: readonly (readonly [Name, boolean])[]): Name | undefined {
  return checks.find(([, applies]) => applies)?.[0];
}
