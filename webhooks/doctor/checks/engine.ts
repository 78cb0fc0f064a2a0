import { ageOf } from '../age.ts';
import { type Engine, isOn } from '../engine.ts';
import { mapAt, mapsAt, numberAt, textAt } from '../fields.ts';
import type { Finding } from '../finding.ts';
import { missing, warning, wrong } from '../finding.ts';
import { itemsOf } from '../gather.ts';
import type { Installation } from '../installation.ts';
import { hasLabels, type Item, nameText } from '../item.ts';
import { helm, kubectl } from '../mend.ts';
import { lastEnd, lastLine, podTroubles } from '../pod-trouble.ts';

const PAGE = 'docs/install.md#metacontroller';
export const ENGINE_CHART = 'oci://ghcr.io/metacontroller/metacontroller-helm';
/** The oldest version with hooks of version v2, credentials for hooks, and resyncs together with `ignoreStatusChanges`. */
const OLDEST = '4.17.2';

/** Metacontroller is there, ready, and new enough. */
export function engineFindings(installation: Installation): readonly Finding[] {
  const { engines, cluster } = installation;
  const [engine, ...others] = engines;
  if (engine === undefined) {
    return [noEngine()];
  }
  return [
    ...others.map((other) => second(engine, other)),
    ...readiness(engine, installation),
    ...restarts(engine, installation),
    ...oldVersion(engine),
    ...leaseFindings(engine, itemsOf(cluster.looks.leases), cluster.now),
  ];
}

function noEngine(): Finding {
  return missing({
    object: 'Metacontroller',
    seen: 'no StatefulSet or Deployment has the label app.kubernetes.io/name=metacontroller or metacontroller-helm',
    expected: `Metacontroller ${OLDEST} or later, which calls the hooks and writes what they answer`,
    mend: [
      helm(
        ...['install', 'metacontroller', ENGINE_CHART, '--version', OLDEST],
        ...['--namespace', 'metacontroller', '--create-namespace', '--set', 'fullnameOverride=metacontroller'],
        ...['--values', 'docs/metacontroller-values.yaml', '--wait'],
      ),
    ],
    page: PAGE,
  });
}

function second(engine: Engine, other: Engine): Finding {
  return warning({
    object: nameText(other.workload),
    seen: `a second Metacontroller beside ${nameText(engine.workload)}`,
    expected: 'one: two of them call the hooks for each change, and write the same objects',
    mend: [
      kubectl(
        'get',
        'statefulsets.apps,deployments.apps',
        '--all-namespaces',
        '--selector=app.kubernetes.io/name in (metacontroller,metacontroller-helm)',
      ),
    ],
    advice: 'This command shows both. Remove the one that you do not need.',
    page: PAGE,
  });
}

function podsOf({ workload }: Engine, { cluster }: Installation): readonly Item[] {
  const selector = mapAt(workload.object, 'spec', 'selector', 'matchLabels');
  return itemsOf(cluster.looks.pods).filter((pod) => pod.namespace === workload.namespace && hasLabels(pod, selector));
}

function readiness(engine: Engine, installation: Installation): readonly Finding[] {
  const { workload } = engine;
  const { kind, name, namespace, object } = workload;
  if (numberAt(object, 'spec', 'replicas') === 0) {
    return [
      wrong({
        object: nameText(workload),
        seen: 'spec.replicas is 0',
        expected: '1: nobody calls the hooks',
        mend: [kubectl('scale', kind.toLowerCase(), name, '--namespace', namespace, '--replicas=1')],
        page: PAGE,
      }),
    ];
  }
  if (numberAt(object, 'status', 'readyReplicas') > 0) {
    return [];
  }
  const [trouble] = podTroubles(podsOf(engine, installation), installation.cluster);
  const why = trouble === undefined ? '' : `: ${trouble.reason}: ${trouble.message}`;
  return [
    wrong({
      object: nameText(workload),
      seen: `no pod of it is ready${why}`,
      expected: 'a ready pod: nobody calls the hooks',
      mend: [kubectl('describe', 'pods', '--namespace', namespace)],
      advice: isNilPointer(why) ? NIL_ADVICE : 'This command has the reason.',
      page: PAGE,
    }),
  ];
}

const NIL_ADVICE =
  'A null in a list of an answer does this. This service never answers so: look for a hook of somebody else. Its log names the controller.';

function isNilPointer(text: string): boolean {
  return /nil pointer|invalid memory address/.test(text);
}

/** Restarts within this time are worth a word. */
const RECENT_SECONDS = 3600;

function restarts(engine: Engine, installation: Installation): readonly Finding[] {
  const { now, logs } = installation.cluster;
  return podsOf(engine, installation).flatMap((pod) => {
    const end = lastEnd(pod);
    const age = end === undefined ? Number.POSITIVE_INFINITY : ageOf(now, end.at);
    const log = logs[`${pod.namespace}/${pod.name}`] ?? '';
    return end === undefined || age > RECENT_SECONDS ? [] : [restarted(pod, { ...end, age, log })];
  });
}

interface Ended {
  readonly count: number;
  readonly reason: string;
  readonly age: number;
  readonly log: string;
}

function restarted({ kind, name, namespace }: Item, { count, reason, age, log }: Ended): Finding {
  const last = isNilPointer(log) ? 'nil pointer dereference' : lastLine(log);
  const minutes = Math.round(age / 60);
  return warning({
    object: nameText({ kind, name, namespace }),
    seen: `restarted ${count} times, the last time ${minutes} min ago: ${reason}${last && `: ${last}`}`,
    expected: 'no restarts: after each one it calls all hooks for all resources again',
    mend: [kubectl('logs', name, '--namespace', namespace, '--previous', '--tail=50')],
    advice: isNilPointer(log) ? NIL_ADVICE : 'With OOMKilled, raise its memory limit.',
    page: PAGE,
  });
}

function oldVersion({ workload, version, helmRelease }: Engine): readonly Finding[] {
  const { namespace, name } = workload;
  if (version === '' || !isOlder(version, OLDEST)) {
    return [];
  }
  const [container] = mapsAt(workload.object, 'spec', 'template', 'spec', 'containers');
  const image = `${textAt(container, 'name')}=ghcr.io/metacontroller/metacontroller:v${OLDEST}`;
  return [
    wrong({
      object: nameText(workload),
      seen: `version ${version}`,
      expected: `${OLDEST} or later: earlier ones do not know hooks of version v2, or lose resyncs`,
      mend: [
        helmRelease === undefined
          ? kubectl('set', 'image', `${workload.kind.toLowerCase()}/${name}`, image, '--namespace', namespace)
          : helm(
              ...['upgrade', helmRelease, ENGINE_CHART, '--version', OLDEST],
              ...['--namespace', namespace, '--reset-then-reuse-values'],
            ),
      ],
      advice: 'Helm never upgrades CRDs: apply those of the new version by hand.',
      page: PAGE,
    }),
  ];
}

function isOlder(version: string, than: string): boolean {
  const [own = [], other = []] = [version, than].map((text) => text.split('.').map(Number));
  const index = other.findIndex((part, at) => part !== own[at]);
  return index >= 0 && (own[index] ?? 0) < (other[index] ?? 0);
}

/** How long a holder may not have renewed the lease: some times the duration of client-go. */
const STALE_SECONDS = 120;

function leaseFindings(engine: Engine, leases: readonly Item[], now: string): readonly Finding[] {
  const { namespace } = engine.workload;
  if (!isOn(engine, '--leader-election')) {
    return [];
  }
  const lease = leases.find((each) => each.namespace === namespace);
  const holder = textAt(lease?.object, 'spec', 'holderIdentity');
  const age = ageOf(now, textAt(lease?.object, 'spec', 'renewTime'));
  return holder !== '' && age < STALE_SECONDS
    ? []
    : [
        wrong({
          object: nameText({ kind: 'Lease', namespace, name: 'metacontroller' }),
          seen: holder === '' ? 'nobody holds it' : `${holder} has not renewed it for ${age} s`,
          expected: 'a pod that holds it: with --leader-election only that one works',
          mend: [
            kubectl('logs', `${engine.workload.kind.toLowerCase()}/${engine.workload.name}`, '--namespace', namespace),
          ],
          advice: 'Its role needs leases: set metacontroller.role.leaderElection of our chart.',
          page: 'docs/permissions.md',
        }),
      ];
}
