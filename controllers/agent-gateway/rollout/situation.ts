import { isUnderWay } from '../../kubernetes/objects/deployment-rollout.ts';
import { writeTimes } from '../../kubernetes/objects/managed-fields.ts';
import { SPEC_HASH_ANNOTATION } from '../children/deployment.ts';
import type { Observed } from '../observed.ts';
import { servesNone, type Withdrawn } from './agent-changes.ts';
import { isBehind, isEarly, latestTime } from './cutoff.ts';

/** Longest wait of a withdrawn agent, so that many withdrawals share one rollout. */
const WITHDRAWAL_SECONDS = 10;

/**
 * What a gateway's pace depends on. `early`: it was just made. `damaged`: its pods do not read what they were started with.
 * `emptied`: all its agents vanished at once, none of them by an access rule. `urgent`: more than the list of agents changed.
 * `withdrawing`: an agent must not be served any longer, and goes out now. `rolling`: a rollout is under way, or the last one
 * began a moment ago. `resting`: none of these.
 */
export type Situation = 'early' | 'damaged' | 'emptied' | 'urgent' | 'withdrawing' | 'rolling' | 'resting';

/** The first situation that applies, in order of precedence. `specHash` is the hash of the wanted spec. */
export function situationOf(observed: Observed, specHash: string, { shuts, withdraws }: Withdrawn): Situation {
  const { serving, agents } = observed;
  const hasServed = serving.agents !== undefined && serving.agents.size > 0;
  const hasVanished = servesNone(agents) && !shuts;
  const isOtherSpec = serving.deployment?.metadata.annotations?.[SPEC_HASH_ANNOTATION] !== specHash;
  const situation = firstTrue<Situation>([
    ['early', isEarly(observed)],
    ['damaged', !serving.isIntact],
    ['emptied', hasServed && hasVanished],
    ['urgent', isOtherSpec],
    ['withdrawing', withdraws && !wasJustWritten(observed)],
    ['rolling', withdraws || isUnderWay(serving.deployment)],
  ]);
  return situation ?? 'resting';
}

/**
 * Whether the last configuration was written only some seconds ago, by the API server's time. Whoever may update a ConfigMap can write a
 * time in the future, which must not stop withdrawals. Nor must a clock that is behind: the latest time that we know then stands still.
 */
function wasJustWritten(observed: Observed): boolean {
  const times = observed.serving.configMaps.flatMap(({ metadata }) => writeTimes(metadata));
  const written = times.reduce((latest, time) => Math.max(latest, time), 0);
  return !isBehind(observed) && Math.abs(latestTime(observed) - written) < WITHDRAWAL_SECONDS;
}

/** The name of the first check that is true. */
export function firstTrue<Name extends string>(checks: readonly (readonly [Name, boolean])[]): Name | undefined {
  return checks.find(([, applies]) => applies)?.[0];
}
