import { parsedJson } from '../../controllers/data/parsed-json.ts';
import type { Kubectl, Terminal } from '../verb.ts';
import { fieldAt, mapsAt, textAt } from './fields.ts';
import type { Item } from './item.ts';
import { LOOK_NAMES, type LookName, lookAt } from './kinds.ts';
import { type Look, lookOf } from './look.ts';

/** What kubectl printed about the cluster, as plain data. All checks are functions of this. */
export interface Gathered {
  readonly client: string;
  readonly server: string;
  readonly looks: Readonly<Partial<Record<LookName, Look>>>;
  /** The last lines of the logs of pods whose container ended, by `namespace/name`. */
  readonly logs: Readonly<Record<string, string>>;
  /** The time, in the format of Kubernetes. */
  readonly now: string;
}

export type Gathering =
  | { readonly outcome: 'gathered'; readonly cluster: Gathered }
  /** There is no cluster to look at. */
  | { readonly outcome: 'no-access'; readonly why: string };

interface Surroundings {
  readonly kubectl: Kubectl;
  readonly progress: Terminal['progress'];
  readonly now: string;
}

/** Looks at the cluster: one call for its version, one for each kind, and one for each of a few logs. */
export function gather({ kubectl, progress, now }: Surroundings): Gathering {
  progress('asking the API server for its version');
  const version = kubectl(['version', '--output=json']);
  if (version.outcome === 'failed') {
    return { outcome: 'no-access', why: version.why };
  }
  const versions = parsedJson(version.stdout);
  const server = textAt(versions, 'serverVersion', 'gitVersion');
  if (server === '') {
    return { outcome: 'no-access', why: 'kubectl version printed no version of a server' };
  }
  const looks: Partial<Record<LookName, Look>> = {};
  for (const name of LOOK_NAMES) {
    progress(`reading ${lookAt(name).resource}`);
    looks[name] = lookFor(name, looks.crds, kubectl);
  }
  progress('reading logs');
  return {
    outcome: 'gathered',
    cluster: {
      client: textAt(versions, 'clientVersion', 'gitVersion'),
      server,
      looks,
      logs: logsOf(itemsOf(looks.pods), kubectl),
      now,
    },
  };
}

function lookFor(name: LookName, crds: Look | undefined, kubectl: Kubectl): Look {
  const { kind, resource, args, needsCrd } = lookAt(name);
  const isKnownAbsent = needsCrd && crds?.outcome === 'read' && !crds.items.some((crd) => crd.name === resource);
  return isKnownAbsent ? { outcome: 'absent' } : lookOf(kubectl(['get', resource, ...args, '--output=json']), kind);
}

export function itemsOf(look: Look | undefined): readonly Item[] {
  return look?.outcome === 'read' ? look.items : [];
}

/** More than some pods of one Deployment say nothing new. */
const MOST_LOGS = 4;

function logsOf(pods: readonly Item[], kubectl: Kubectl): Readonly<Record<string, string>> {
  const asked = pods.filter(({ object }) => hasEnded(object)).slice(0, MOST_LOGS);
  const logs = asked.flatMap(({ namespace, name }) => {
    const answer = kubectl(['logs', name, `--namespace=${namespace}`, '--previous', '--tail=20']);
    return answer.outcome === 'answered' ? [[`${namespace}/${name}`, answer.stdout] as const] : [];
  });
  return Object.fromEntries(logs);
}

/** Whether the pod waits for its container to start again, or its container has ended before. */
function hasEnded(pod: Item['object']): boolean {
  return mapsAt(pod, 'status', 'containerStatuses').some(
    (container) =>
      textAt(container, 'state', 'waiting', 'reason') === 'CrashLoopBackOff' ||
      fieldAt(container, 'lastState', 'terminated') !== undefined,
  );
}
