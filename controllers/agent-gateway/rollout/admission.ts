import type { ExposedAgent, ServedAgent } from '../agents/exposed-agents.ts';
import type { ConfiguredAgent } from '../krakend/krakend-json.ts';
import type { Observed } from '../observed.ts';
import { changedAgents, hasOtherAccess, type ShortPaths, servedAgents, servesNone } from './agent-changes.ts';
import { type Fit, shareRoom } from './capacity.ts';
import { cutoffOf, hasNothing, isDue, latestTime } from './cutoff.ts';
import type { Room } from './room.ts';
import type { Situation } from './situation.ts';

/** The agents of the next configuration. */
export interface Admission {
  readonly admitted: readonly ServedAgent[];
  /** Those for which it has no room. */
  readonly excess: readonly ServedAgent[];
  /** How many changes of agents wait for a later configuration. */
  readonly waiting: number;
}

/** What bounds a configuration: its room for agents, and who may have a short path. */
export interface Bounds extends ShortPaths {
  readonly room: Room;
}

/** Admits the agents whose changes are due. Any other agent keeps its place in the configuration, or is not in it yet. */
export function admission(observed: Observed, situation: Situation, bounds: Bounds): Admission {
  const { serving, agents } = observed;
  const all = admissionOfAll(observed, bounds);
  const waiting = new Set(lateAgents(observed, situation, all).map(({ id }) => id));
  const settled = agents.filter(({ id }) => !waiting.has(id));
  const kept = [...(serving.agents?.values() ?? [])].filter(({ id }) => waiting.has(id));
  const { admitted, excess } = waiting.size === 0 ? all : intoRoom(observed, { settled, kept }, bounds);
  return { admitted, excess, waiting: waiting.size };
}

/** Admits the agents as they are now. */
export function admissionOfAll(observed: Observed, bounds: Bounds): Admission {
  return { ...intoRoom(observed, { settled: observed.agents, kept: [] }, bounds), waiting: 0 };
}

/** The changed agents whose changes are not due. Agents without room do not delay others. */
function lateAgents(observed: Observed, situation: Situation, { excess }: Fit): readonly ExposedAgent[] {
  const { serving, agents } = observed;
  const crowded = new Set(excess.map(({ id }) => id));
  const roomy = agents.filter(({ id }) => !crowded.has(id));
  const isUnseen = hasNothing(observed);
  const changed = isUnseen ? roomy : changedAgents(roomy, serving.agents);
  const cutoff = cutoffOf(observed, changed, situation);
  const now = latestTime(observed);
  const isOther = hasOtherAccess(serving.agents);
  // A gateway whose children are not seen yet may have had an answer a moment ago. Agents that were in it stay in, although they change.
  const since = (agent: ExposedAgent) => (isUnseen ? { changedAt: agent.createdAt } : agent);
  const isLate = (agent: ExposedAgent) =>
    !isOther(agent) && (situation === 'rolling' || !isDue(since(agent), cutoff, now));
  // If all agents vanished, the gateway waits for them in another way.
  return servesNone(agents) ? [] : changed.filter(isLate);
}

interface Candidates {
  readonly settled: readonly ExposedAgent[];
  readonly kept: readonly ConfiguredAgent[];
}

function intoRoom({ serving }: Observed, { settled, kept }: Candidates, { room, ...shortPaths }: Bounds): Fit {
  return shareRoom(servedAgents(settled, kept, shortPaths), room, (id) => serving.agents?.has(id) === true);
}
