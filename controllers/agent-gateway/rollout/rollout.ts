import type { ConfigMap } from '../../kubernetes/kinds/config-map.ts';
import { secondsOf } from '../../kubernetes/values/time.ts';
import { EMPTY_SINCE_ANNOTATION } from '../children/config-map.ts';
import type { Observed } from '../observed.ts';
import { isEarly, isUnderWay, isUrgent } from './admission.ts';

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
  | { readonly outcome: 'go'; readonly resyncAfterSeconds?: number }
  | { readonly outcome: 'hold'; readonly why: HoldReason; readonly resyncAfterSeconds?: number };

export type HoldReason = 'Guardrails' | 'TooLarge' | 'UnderWay' | 'Collecting' | 'Empty';

const COLLECT_AGAIN_SECONDS = 2;
const UNDER_WAY: Rollout = { outcome: 'hold', why: 'UnderWay', resyncAfterSeconds: 10 };
const COLLECTING: Rollout = { outcome: 'hold', why: 'Collecting', resyncAfterSeconds: COLLECT_AGAIN_SECONDS };
/** How long a gateway that lost all of its agents at once keeps them. */
const EMPTY_SECONDS = 30;

export function rollout(observed: Observed, candidate: Candidate, limitBytes: number): Rollout {
  if (new TextEncoder().encode(candidate.krakendJson).length > limitBytes) {
    return { outcome: 'hold', why: 'TooLarge' };
  }
  if (isEarly(observed)) {
    return COLLECTING;
  }
  if (!observed.serving.isIntact) {
    return go(candidate);
  }
  if (isEmptied(observed)) {
    return isStillAwaited(observed)
      ? { outcome: 'hold', why: 'Empty', resyncAfterSeconds: EMPTY_SECONDS }
      : go(candidate);
  }
  return isUrgent(observed, candidate.specHash) ? go(candidate) : paced(observed, candidate);
}

/** Changes of the list of agents alone, a rollout at a time. */
function paced({ serving }: Observed, candidate: Candidate): Rollout {
  const isChanged = candidate.configHash !== serving.configHash || candidate.waiting > 0;
  return isChanged && isUnderWay(serving.deployment) ? UNDER_WAY : go(candidate);
}

function go({ waiting }: Candidate): Rollout {
  return waiting > 0 ? { outcome: 'go', resyncAfterSeconds: COLLECT_AGAIN_SECONDS } : { outcome: 'go' };
}

/** Whether all agents vanished at once. */
function isEmptied({ serving, agents }: Observed): boolean {
  const isServing = serving.agents !== undefined && serving.agents.length > 0;
  return isServing && agents.every(({ reading }) => reading.outcome === 'refused');
}

/** For as long as one resync: the cluster may just not have been read yet. */
function isStillAwaited({ serving, now }: Observed): boolean {
  const since = emptySince(serving.configMap);
  return since === undefined || (secondsOf(now) ?? 0) - since < EMPTY_SECONDS;
}

/** Undefined where nothing, or nothing that is a time, is noted. */
export function emptySince(configMap: ConfigMap | undefined): number | undefined {
  return secondsOf(configMap?.metadata.annotations?.[EMPTY_SINCE_ANNOTATION]);
}
