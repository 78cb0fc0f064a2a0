import { sentence } from '../../controllers/data/quote.ts';
import { fieldAt, mapsAt, numberAt, textAt } from './fields.ts';
import type { Gathered } from './gather.ts';
import { conditionOf, type Item } from './item.ts';

/** Why a pod does not run, or did not. */
export interface PodTrouble {
  readonly pod: Item;
  /** `ImagePullBackOff`, `CrashLoopBackOff`, `Unschedulable`, `OOMKilled` … */
  readonly reason: string;
  /** The message of the kubelet, or the last line of the log. */
  readonly message: string;
}

/** Waiting for these ends by itself. */
const PASSING: readonly string[] = ['ContainerCreating', 'PodInitializing'];

/** What keeps pods from running now: one trouble for each pod that has any. */
export function podTroubles(pods: readonly Item[], { logs }: Pick<Gathered, 'logs'>): readonly PodTrouble[] {
  return pods.flatMap((pod) => {
    const trouble = waitingTrouble(pod) ?? unscheduled(pod);
    if (trouble === undefined) {
      return [];
    }
    const last = lastLine(logs[`${pod.namespace}/${pod.name}`]);
    return [{ ...trouble, message: sentence(last || trouble.message) }];
  });
}

function waitingTrouble(pod: Item): PodTrouble | undefined {
  const statuses = mapsAt(pod.object, 'status', 'containerStatuses');
  const waiting = statuses.map((container) => fieldAt(container, 'state', 'waiting'));
  const found = waiting.find((each) => each !== undefined && !PASSING.includes(textAt(each, 'reason')));
  return found === undefined ? undefined : { pod, reason: textAt(found, 'reason'), message: textAt(found, 'message') };
}

function unscheduled(pod: Item): PodTrouble | undefined {
  const scheduled = conditionOf(fieldAt(pod.object, 'status'), 'PodScheduled');
  return scheduled?.status === 'False'
    ? { pod, reason: scheduled.reason || 'Unschedulable', message: scheduled.message }
    : undefined;
}

/** How a container of the pod ended the last time, and how often; undefined if it never did. */
export function lastEnd({
  object,
}: Item): { readonly count: number; readonly reason: string; readonly at: string } | undefined {
  const [ended] = mapsAt(object, 'status', 'containerStatuses').filter(
    (container) => fieldAt(container, 'lastState', 'terminated') !== undefined,
  );
  const terminated = fieldAt(ended, 'lastState', 'terminated');
  return ended === undefined
    ? undefined
    : {
        count: numberAt(ended, 'restartCount'),
        reason: `${textAt(terminated, 'reason') || 'Error'}, exit code ${numberAt(terminated, 'exitCode')}`,
        at: textAt(terminated, 'finishedAt'),
      };
}

export function lastLine(text = ''): string {
  return text.trimEnd().split('\n').at(-1)?.trim() ?? '';
}
