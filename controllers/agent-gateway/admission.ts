import type { Deployment } from '../kubernetes/deployment.ts';
import { hash } from '../kubernetes/hash.ts';
import { secondsOf } from '../kubernetes/time.ts';
import { SPEC_HASH_ANNOTATION } from './deployment.ts';
import type { ServedAgent } from './exposed-agents.ts';
import type { Observed } from './observed.ts';

/** Which of the agents are in the configuration now, and how many wait for the next one. */
export interface Admission {
  readonly admitted: readonly ServedAgent[];
  readonly waiting: number;
}

/** Reasons of a Deployment's Progressing condition that say that nothing is under way, or goes on by itself. */
const AT_REST = ['NewReplicaSetAvailable', 'ProgressDeadlineExceeded', 'DeploymentPaused'];
/** How long agents are collected before they go out together. */
const COLLECT_SECONDS = 2;
/** How old a gateway without children is that was not just made: it lost them, and gets them back at once. */
const NEW_SECONDS = 60;

/**
 * Collects new agents, so that many of them are few rollouts. What is observed may lag behind our own last answer, and to
 * answer an older state again would undo it. So the agents that go out are told by times that do not change while the
 * observed state does not: two answers in a row to one state are equal, however many agents appear in between.
 */
export function admission(observed: Observed, specHash: string): Admission {
  const { serving, agents } = observed;
  if (hasNothing(observed)) {
    return collectedUntil(agents.served, cutoffOfNew(observed), observed.now);
  }
  if (serving.ids === undefined || !isIntact(observed) || isUrgent(observed, specHash)) {
    return { admitted: agents.served, waiting: 0 };
  }
  const known = new Set(serving.ids);
  const old = agents.served.filter(({ id }) => known.has(id));
  const added = agents.served.filter(({ id }) => !known.has(id));
  const collected = isUnderWay(serving.deployment)
    ? { admitted: [], waiting: added.length }
    : collectedUntil(added, cutoffAtRest(added, serving.deployment, observed.now), observed.now);
  const admitted = new Set([...old, ...collected.admitted]);
  return { admitted: agents.served.filter((agent) => admitted.has(agent)), waiting: collected.waiting };
}

function hasNothing({ serving }: Observed): boolean {
  return serving.configMap === undefined && serving.deployment === undefined;
}

/** Whether a gateway was only just made: until its first agents are collected it gets no pods. */
export function isEarly(observed: Observed): boolean {
  return hasNothing(observed) && (secondsOf(observed.now) ?? 0) <= cutoffOfNew(observed);
}

/** Whether the observed configuration is the one that the observed pods' hash is of. */
export function isIntact({ serving }: Observed): boolean {
  return serving.krakendJson !== undefined && hash(serving.krakendJson) === serving.configHash;
}

/** A change of more than the list of agents, or an agent that must not be served any longer: all goes out at once. */
export function isUrgent({ serving, agents }: Observed, specHash: string): boolean {
  const exposed = new Set([...agents.served, ...agents.leftOut].map(({ id }) => id));
  const isWithdrawn = (serving.ids ?? []).some((id) => !exposed.has(id));
  return isWithdrawn || serving.deployment?.metadata.annotations?.[SPEC_HASH_ANNOTATION] !== specHash;
}

/** https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#deployment-status */
export function isUnderWay(deployment: Deployment | undefined): boolean {
  if (deployment === undefined) {
    return false;
  }
  const { observedGeneration = 0 } = deployment.status ?? {};
  const reason = progressing(deployment)?.reason ?? '';
  return observedGeneration < (deployment.metadata.generation ?? 0) || !AT_REST.includes(reason);
}

/** A gateway that was just made waits for the agents that are made with it. */
function cutoffOfNew({ gateway, now }: Observed): number {
  const age = ageOf(secondsOf(gateway.metadata.creationTimestamp), now);
  return age === undefined || age > NEW_SECONDS ? 0 : (secondsOf(now) ?? 0) - age + COLLECT_SECONDS;
}

/** From the first new agent on, or from the end of the last rollout. */
function cutoffAtRest(added: readonly ServedAgent[], deployment: Deployment | undefined, now: string): number {
  const ended = secondsOf(progressing(deployment)?.lastUpdateTime);
  const first = Math.min(...added.map(({ changedAt }) => changedAt));
  const times = [ended, first].filter((time) => ageOf(time, now) !== undefined);
  return Math.max(0, ...times.map((time) => (time ?? 0) + COLLECT_SECONDS));
}

/** Once the cutoff has passed, all that changed until then; an agent from a clock ahead of ours does not wait for it. */
function collectedUntil(agents: readonly ServedAgent[], cutoff: number, now: string): Admission {
  const isOver = (secondsOf(now) ?? 0) > cutoff;
  const isIn = ({ changedAt }: ServedAgent) =>
    isOver && (cutoff === 0 || changedAt <= cutoff || ageOf(changedAt, now) === undefined);
  const admitted = agents.filter(isIn);
  return { admitted, waiting: agents.length - admitted.length };
}

/** Undefined for a time that is not known or, by our clock, has not come. */
function ageOf(time: number | undefined, now: string): number | undefined {
  const age = time === undefined ? Number.NaN : (secondsOf(now) ?? 0) - time;
  return age >= 0 ? age : undefined;
}

function progressing(deployment: Deployment | undefined) {
  return deployment?.status?.conditions?.find(({ type }) => type === 'Progressing');
}
