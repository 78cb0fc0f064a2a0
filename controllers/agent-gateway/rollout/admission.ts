import { codeUnitOrder } from '../../data/order.ts';
import type { Deployment } from '../../kubernetes/kinds/deployment.ts';
import { secondsOf } from '../../kubernetes/values/time.ts';
import type { ExposedAgent, ServedAgent } from '../agents/exposed-agents.ts';
import { SPEC_HASH_ANNOTATION } from '../children/deployment.ts';
import type { ConfiguredAgent } from '../krakend/krakend-json.ts';
import type { Observed } from '../observed.ts';

/** Which agents are in the configuration now, and how many changes wait for the next one. */
export interface Admission {
  readonly admitted: readonly ServedAgent[];
  readonly waiting: number;
}

/** Reasons of a Deployment's Progressing condition that say that nothing is under way, or goes on by itself. */
const AT_REST = ['NewReplicaSetAvailable', 'ProgressDeadlineExceeded', 'DeploymentPaused'];
/** How long changes are collected before they go out together. */
const COLLECT_SECONDS = 2;
/** How far our clock may be from the API server's. */
const SKEW_SECONDS = 3;
/** How old a gateway without children is that was not just made: it lost them, and gets them back at once. */
const NEW_SECONDS = 60;

/**
 * Collects changes of agents, so that many of them are few rollouts. What is observed may lag behind our own last answer,
 * and to answer an older state again would undo it. So which changes go out is told by the API server's times, which do not
 * change while the observed state does not: two answers in a row to one state are equal, whatever changes in between.
 */
export function admission(observed: Observed, specHash: string): Admission {
  const { serving, agents } = observed;
  const changed = hasNothing(observed) ? agents : changedAgents(agents, serving.agents);
  const isHeld = isUnderWay(serving.deployment) && serving.isIntact && !isUrgent(observed, specHash);
  const cutoff = hasNothing(observed) ? cutoffOfNew(observed) : cutoffAtRest(changed, serving.deployment);
  const now = latestTime(observed);
  // That all vanished is waited for in a way of its own.
  const isEmptied = agents.every(({ reading }) => reading.outcome === 'refused');
  const isWaiting = ({ changedAt }: ExposedAgent) => !isEmptied && (isHeld || !isIn(changedAt, cutoff, now));
  const waiting = new Set(changed.filter(isWaiting).map(({ id }) => id));
  const settled = agents.filter(({ id }) => !waiting.has(id));
  const kept = (serving.agents ?? []).filter(({ id }) => waiting.has(id));
  return { admitted: withShorthands(settled, kept), waiting: waiting.size };
}

/** Whether a gateway was only just made: until its first agents are collected it gets no pods. */
export function isEarly(observed: Observed): boolean {
  return hasNothing(observed) && latestTime(observed) <= cutoffOfNew(observed) + SKEW_SECONDS;
}

/** A change of more than the list of agents, or an agent that must not be served any longer: it goes out at once. */
export function isUrgent({ serving, agents }: Observed, specHash: string): boolean {
  const exposed = new Set(agents.map(({ id }) => id));
  const isWithdrawn = (serving.agents ?? []).some(({ id }) => !exposed.has(id));
  return isWithdrawn || serving.deployment?.metadata.annotations?.[SPEC_HASH_ANNOTATION] !== specHash;
}

/** https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#deployment-status */
export function isUnderWay(deployment: Deployment | undefined): boolean {
  if (deployment === undefined) {
    return false;
  }
  const observedGeneration = deployment.status?.observedGeneration ?? 0;
  const reason = progressing(deployment)?.reason;
  const isAtRest = AT_REST.some((resting) => resting === reason);
  return observedGeneration < (deployment.metadata.generation ?? 0) || !isAtRest;
}

function hasNothing({ serving }: Observed): boolean {
  return serving.configMap === undefined && serving.deployment === undefined;
}

/** The agents that the configuration has otherwise: not yet, at another address, or though they cannot be served now. */
function changedAgents(
  agents: readonly ExposedAgent[],
  configured: readonly ConfiguredAgent[] | undefined,
): readonly ExposedAgent[] {
  const before = new Map(configured?.map((agent) => [agent.id, addressText(agent)]));
  const isChanged = (agent: ExposedAgent) => configuredOf(agent).map(addressText)[0] !== before.get(agent.id);
  // Of a configuration that is none of ours nothing is known: it is replaced as a whole.
  return configured === undefined ? [] : agents.filter(isChanged);
}

function addressText({ host, path, createdAt }: ConfiguredAgent): string {
  return `${host}${path} ${createdAt}`;
}

function configuredOf({ id, name, namespace, createdAt, reading }: ExposedAgent): readonly ConfiguredAgent[] {
  return reading.outcome === 'address' ? [{ id, name, namespace, createdAt, ...reading.address }] : [];
}

/** By namespace, then name. A short path is for a name that no other exposed agent has, whether it can be served or not. */
function withShorthands(settled: readonly ExposedAgent[], kept: readonly ConfiguredAgent[]): readonly ServedAgent[] {
  const counts = new Map<string, number>();
  for (const { name } of [...settled, ...kept]) {
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...settled.flatMap(configuredOf), ...kept]
    .sort((a, b) => codeUnitOrder(a.namespace, b.namespace) || codeUnitOrder(a.name, b.name))
    .map((agent) => ({ ...agent, hasShorthand: counts.get(agent.name) === 1 }));
}

/** A gateway that was just made waits for the agents that are made with it. */
function cutoffOfNew({ gateway, now }: Observed): number {
  const created = secondsOf(gateway.metadata.creationTimestamp);
  const isNew = created !== undefined && Math.abs((secondsOf(now) ?? 0) - created) <= NEW_SECONDS;
  return isNew ? created + COLLECT_SECONDS : 0;
}

/** From the first change on, or from the end of the last rollout. */
function cutoffAtRest(changed: readonly ExposedAgent[], deployment: Deployment | undefined): number {
  const first = changed.reduce((least, { changedAt }) => Math.min(least, changedAt), Number.POSITIVE_INFINITY);
  const ended = secondsOf(progressing(deployment)?.lastUpdateTime) ?? 0;
  return Math.max(ended, Number.isFinite(first) ? first : 0) + COLLECT_SECONDS;
}

/** Once the cutoff has passed, all that changed until then; without a cutoff, all. */
function isIn(changedAt: number, cutoff: number, now: number): boolean {
  return cutoff === 0 || (changedAt <= cutoff && now > cutoff + SKEW_SECONDS);
}

/** Our clock, or a time of the API server's that is later: its clock has come at least as far. */
function latestTime({ agents, serving, now }: Observed): number {
  const ended = secondsOf(progressing(serving.deployment)?.lastUpdateTime) ?? 0;
  return agents.reduce((latest, { changedAt }) => Math.max(latest, changedAt), Math.max(secondsOf(now) ?? 0, ended));
}

/** The condition that tells how far its rollout is. */
export function progressing(deployment: Deployment | undefined) {
  return deployment?.status?.conditions?.find(({ type }) => type === 'Progressing');
}
