import { secondsOf } from '../kubernetes/time.ts';
import { isEarly, isIntact, isUnderWay, isUrgent } from './admission.ts';
import { EMPTY_SINCE_ANNOTATION } from './config-map.ts';
import type { Observed } from './observed.ts';

/** What is to be rolled out, held against what the pods read now. */
export interface Candidate {
  readonly krakendJson: string;
  readonly configHash: string;
  readonly specHash: string;
  /** How many agents are not in it yet. */
  readonly waiting: number;
}

/**
 * `go`: the answer is the candidate. `hold`: configuration and pod template are answered as they are observed, so that the
 * next rollout takes all changes together.
 */
export type Rollout =
  | { readonly outcome: 'go' }
  | { readonly outcome: 'hold'; readonly why: HoldReason; readonly resyncAfterSeconds?: number };

export type HoldReason = 'Guardrails' | 'TooLarge' | 'UnderWay' | 'Collecting' | 'Empty';

const GO: Rollout = { outcome: 'go' };
const UNDER_WAY: Rollout = { outcome: 'hold', why: 'UnderWay', resyncAfterSeconds: 10 };
const COLLECTING: Rollout = { outcome: 'hold', why: 'Collecting', resyncAfterSeconds: 2 };
/** How long a gateway that lost all of its agents at once keeps them. */
const EMPTY_SECONDS = 30;

export function rollout(observed: Observed, candidate: Candidate, limitBytes: number): Rollout {
  if (new TextEncoder().encode(candidate.krakendJson).length > limitBytes) {
    return { outcome: 'hold', why: 'TooLarge' };
  }
  if (isEarly(observed)) {
    return COLLECTING;
  }
  if (!isIntact(observed)) {
    return GO;
  }
  if (isSuddenlyEmpty(observed)) {
    return { outcome: 'hold', why: 'Empty', resyncAfterSeconds: EMPTY_SECONDS };
  }
  return isUrgent(observed, candidate.specHash) ? GO : paced(observed, candidate);
}

/** Changes of the list of agents alone, a rollout at a time. */
function paced({ serving }: Observed, { configHash, waiting }: Candidate): Rollout {
  const isChanged = configHash !== serving.configHash;
  if (isUnderWay(serving.deployment)) {
    return isChanged || waiting > 0 ? UNDER_WAY : GO;
  }
  return !isChanged && waiting > 0 ? COLLECTING : GO;
}

/** Only where all agents vanished at once, for as long as one resync: the cluster may just not have been read yet. */
function isSuddenlyEmpty({ serving, agents, now }: Observed): boolean {
  if (!serving.ids?.length || agents.served.length > 0) {
    return false;
  }
  const since = secondsOf(serving.configMap?.metadata.annotations?.[EMPTY_SINCE_ANNOTATION]);
  return since === undefined || (secondsOf(now) ?? 0) - since < EMPTY_SECONDS;
}
