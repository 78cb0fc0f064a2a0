import { isDeepStrictEqual } from 'node:util';
import type { Variables } from '../../webhooks/settings/settings.ts';
import { AVAILABLE, gateway, type KubernetesObject, observed, type Scene, sync } from './gateways.ts';
import { filesOf, idsIn } from './settings-form.ts';

export interface Simulation {
  /** The related objects at a time, in seconds. */
  readonly related: (time: number) => readonly KubernetesObject[];
  readonly parent?: (time: number) => KubernetesObject;
  readonly seconds: number;
  readonly rolloutSeconds: number;
  /** The minimum number of steps by which the status of the Deployment lags behind its spec. */
  readonly statusLag: number;
  /** The number of steps by which the observed children lag behind the answer. */
  readonly childrenLag: number;
  /** How far the clock of the hook is ahead; negative if it is behind. */
  readonly skewSeconds?: number;
  readonly paused?: boolean;
  readonly settings?: Variables;
}

interface Simulated {
  /** When the pod template changed after its creation, in seconds. */
  readonly rollouts: readonly number[];
  /** The agents in the last configuration. */
  readonly served: ReadonlySet<string>;
  /** When each agent first was in a configuration, in seconds. */
  readonly servedAt: ReadonlyMap<string, number>;
  /** When each agent last was in a configuration, in seconds. */
  readonly servedUntil: ReadonlyMap<string, number>;
  /** The ConfigMaps that were released while pods of the last rollout could still need them. */
  readonly lost: readonly string[];
}

const STEP = 0.2;
const DEADLINE = 120;
const START = Date.parse('2026-06-01T00:00:00Z');

/** The answer at one step, and when the pod template last changed. */
interface Moment {
  readonly time: number;
  readonly attachments: readonly KubernetesObject[];
  readonly changedAt: number;
  readonly isRollout: boolean;
}

/** Simulates a gateway that is synced every 0.2 s while agents change, with a Deployment controller. */
export function simulate(simulation: Simulation): Simulated {
  const history: Moment[] = [];
  const answer = answering();
  for (let step = 0; step * STEP <= simulation.seconds; step += 1) {
    history.push(nextMoment(history, step * STEP, { ...simulation, answer }));
  }
  return {
    rollouts: history.filter(({ isRollout }) => isRollout).map(({ time }) => time),
    served: idsOf(history.at(-1)?.attachments ?? []),
    servedAt: servedAt(history),
    servedUntil: servedUntil(history),
    lost: history.flatMap((moment, index) => lostAt(moment, history.slice(0, index), simulation)),
  };
}

/** What pods of the template before the last rollout read, and is not answered any more although the rollout is under way. */
function lostAt(
  { time, changedAt, attachments }: Moment,
  before: readonly Moment[],
  { rolloutSeconds }: Simulation,
): readonly string[] {
  const old = before.findLast((each) => each.changedAt < changedAt);
  const names = new Set(attachments.map(({ metadata }) => metadata.name));
  const needed = old === undefined || time - changedAt >= rolloutSeconds ? [] : filesOf(old.attachments).configMaps;
  return needed.map(({ metadata }) => metadata.name).filter((name) => !names.has(name));
}

/** When each agent first was in a configuration: of the moments with the same answer, the first counts. */
function servedAt(history: readonly Moment[]): ReadonlyMap<string, number> {
  const first = history.filter(({ attachments }, index) => attachments !== history[index - 1]?.attachments);
  const served = first
    .toReversed()
    .flatMap(({ time, attachments }) => [...idsOf(attachments)].map((id) => [id, time] as const));
  return new Map(served);
}

/** When each agent last was in a configuration. */
function servedUntil(history: readonly Moment[]): ReadonlyMap<string, number> {
  const last = history.filter(({ attachments }, index) => attachments !== history[index + 1]?.attachments);
  return new Map(last.flatMap(({ time, attachments }) => [...idsOf(attachments)].map((id) => [id, time] as const)));
}

type Answer = (scene: Scene) => readonly KubernetesObject[];

/** The hook. It is pure, so a call that equals the previous one reuses its answer. */
function answering(): Answer {
  let last: { readonly call: string; readonly attachments: readonly KubernetesObject[] } | undefined;
  return (scene) => {
    const call = JSON.stringify(scene);
    if (last?.call !== call) {
      last = { call, attachments: sync(scene).attachments };
    }
    return last.attachments;
  };
}

function nextMoment(
  history: readonly Moment[],
  time: number,
  simulation: Simulation & { readonly answer: Answer },
): Moment {
  const seen = history.at(-1 - simulation.childrenLag);
  const attachments = simulation.answer({
    parent: simulation.parent?.(time) ?? gateway({}, { creationTimestamp: simulatedTime(0) }),
    related: simulation.related(time),
    children: seen === undefined ? [] : observedAt(seen, statusOf(seen, time, simulation)),
    now: simulatedTime(time + (simulation.skewSeconds ?? 0)),
    ...(simulation.settings && { settings: simulation.settings }),
  });
  const last = history.at(-1);
  const before = templateOf(last?.attachments ?? []);
  const isRollout = before !== undefined && !isDeepStrictEqual(before, templateOf(attachments));
  const changedAt = isRollout || before === undefined ? time : (last?.changedAt ?? time);
  return { time, attachments, changedAt, isRollout };
}

/** The observed children, with the time of the last write of the ConfigMap in managedFields. */
function observedAt(seen: Moment, status: object): KubernetesObject[] {
  return observed(seen.attachments, status).map((child) => {
    const managedFields = [{ manager: 'metacontroller', time: simulatedTime(seen.changedAt) }];
    return child.kind === 'ConfigMap' ? { ...child, metadata: { ...child.metadata, managedFields } } : child;
  });
}

/** A time of the simulated API server, in whole seconds as it writes them. */
export function simulatedTime(seconds: number): string {
  return `${new Date(START + seconds * 1000).toISOString().slice(0, 19)}Z`;
}

function statusOf(
  seen: { readonly changedAt: number },
  time: number,
  { statusLag, rolloutSeconds, paused }: Simulation,
): object {
  const age = time - seen.changedAt;
  const end = simulatedTime(Math.min(time, seen.changedAt + Math.min(rolloutSeconds, DEADLINE)));
  const progressing = (reason: string) => ({
    conditions: [AVAILABLE[0], { type: 'Progressing', status: 'True', reason, lastUpdateTime: end }],
  });
  if (age < statusLag * STEP) {
    return { ...progressing('NewReplicaSetAvailable'), observedGeneration: 0 };
  }
  if (paused) {
    return { ...progressing('DeploymentPaused'), updatedReplicas: 0 };
  }
  if (age < Math.min(rolloutSeconds, DEADLINE)) {
    return { ...progressing('ReplicaSetUpdated'), ...HALF_WAY };
  }
  return age < rolloutSeconds
    ? { ...progressing('ProgressDeadlineExceeded'), ...HALF_WAY }
    : progressing('NewReplicaSetAvailable');
}

/** A pod of the new template, and one of the old. */
const HALF_WAY = { replicas: 2, updatedReplicas: 1 };

function templateOf(attachments: readonly KubernetesObject[]): unknown {
  const deployment = attachments.find(({ kind }) => kind === 'Deployment');
  return (deployment?.['spec'] as { readonly template?: unknown } | undefined)?.template;
}

function idsOf(attachments: readonly KubernetesObject[]): ReadonlySet<string> {
  return new Set(idsIn(attachments));
}
