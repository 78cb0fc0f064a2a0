import { progressing } from '../../kubernetes/objects/deployment-rollout.ts';
import { secondsOf } from '../../kubernetes/values/time.ts';
import type { ExposedAgent } from '../agents/exposed-agents.ts';
import type { Observed } from '../observed.ts';
import type { Situation } from './situation.ts';

/** How long changes are collected before they go out together. */
const COLLECT_SECONDS = 2;
/** How far our clock may be from the API server's when a cutoff passes. */
const SKEW_SECONDS = 3;
/** A gateway without children that is older than this was not just made. It lost them, and gets them back at once. */
const NEW_SECONDS = 60;

/**
 * Changes up to this time go into the next configuration, in seconds since 1970; 0 takes all of them. It is two seconds after
 * the first change, or after the end of the last rollout if that is later. Only times of the API server count. They do not
 * change while the observed state does not, so two answers to one state are equal. A rollout for a withdrawn agent takes all
 * changes along: otherwise one agent with an old time could hold back those of others. So does every rollout while our clock
 * is behind, because a cutoff would pass too late.
 */
export function cutoffOf(observed: Observed, changed: readonly ExposedAgent[], situation: Situation): number {
  const first = changed.reduce((least, { changedAt }) => Math.min(least, changedAt), Number.POSITIVE_INFINITY);
  const ended = situation === 'urgent' ? 0 : endOfRollout(observed);
  const atRest = Math.max(ended, Number.isFinite(first) ? first : 0) + COLLECT_SECONDS;
  const collected = hasNothing(observed) ? cutoffOfNew(observed) : atRest;
  return situation === 'withdrawing' || isBehind(observed) ? 0 : collected;
}

/** Whether a change goes out now: once the cutoff has passed, everything that changed until then. */
export function isDue({ changedAt }: Pick<ExposedAgent, 'changedAt'>, cutoff: number, now: number): boolean {
  return cutoff === 0 || (changedAt <= cutoff && now > cutoff + SKEW_SECONDS);
}

/** Whether a gateway was only just made. It gets no pods until its first agents are collected. */
export function isEarly(observed: Observed): boolean {
  return hasNothing(observed) && latestTime(observed) <= cutoffOfNew(observed) + SKEW_SECONDS;
}

/** Whether the gateway has neither a ConfigMap nor a Deployment. */
export function hasNothing({ serving }: Observed): boolean {
  return serving.configMaps.length === 0 && serving.deployment === undefined;
}

/**
 * Our clock, or a later time of the API server's: its clock has come at least as far. Only times count that users cannot
 * write: those of creations and of the Deployment.
 */
export function latestTime({ agents, serving, now }: Observed): number {
  const ended = endOfRollout({ serving });
  return agents.reduce((latest, { createdAt }) => Math.max(latest, createdAt), Math.max(secondsOf(now) ?? 0, ended));
}

/** Whether our clock is behind the API server's by more than a cutoff allows for. */
export function isBehind(observed: Observed): boolean {
  return latestTime(observed) - (secondsOf(observed.now) ?? 0) > SKEW_SECONDS;
}

function endOfRollout({ serving }: Pick<Observed, 'serving'>): number {
  return secondsOf(progressing(serving.deployment)?.lastUpdateTime) ?? 0;
}

/** A gateway that was just made waits for the agents that are made with it. */
function cutoffOfNew({ gateway, now }: Observed): number {
  const created = secondsOf(gateway.metadata.creationTimestamp);
  const isNew = created !== undefined && Math.abs((secondsOf(now) ?? 0) - created) <= NEW_SECONDS;
  return isNew ? created + COLLECT_SECONDS : 0;
}
