import type { Fitting } from '../kubernetes/fitting.ts';
import { whyNoDnsLabel } from '../kubernetes/names.ts';
import { secondsOf } from '../kubernetes/time.ts';
import { codeUnitOrder } from '../order.ts';
import type { Agent } from '../resources/agentic-layer/agent.ts';
import { type AddressReading, type AgentAddress, readAddress } from './agent-address.ts';

/** An agent that the gateway serves. */
export interface ServedAgent extends AgentAddress {
  /** `namespace/name`: its path at the gateway, and its name as a model. */
  readonly id: string;
  readonly name: string;
  readonly namespace: string;
  /** Seconds since 1970; 0 where it is not known. */
  readonly createdAt: number;
  /** Seconds since 1970 at which it was last made or became ready: what a change of the list is dated by. */
  readonly changedAt: number;
  /** Whether it is also at `/<name>`: no other exposed agent of the cluster has the name. */
  readonly hasShorthand: boolean;
}

/** An exposed agent that the gateway cannot serve. */
interface LeftOutAgent {
  readonly id: string;
  readonly why: string;
}

/** All agents of the cluster that ask to be exposed, by namespace, then name. */
export interface ExposedAgents {
  readonly served: readonly ServedAgent[];
  readonly leftOut: readonly LeftOutAgent[];
}

/** `chat/completions` is where the gateway takes OpenAI calls: its plugin would swallow the agent's. */
const RESERVED_IDS = ['chat/completions'];

/** Sorts the exposed agents out. One that cannot be served costs itself alone, and at most a namesake's shorthand. */
export function exposedAgents({ items, misfitKeys }: Fitting<Agent>): ExposedAgents {
  const exposed = items.filter(({ spec }) => spec?.exposed === true).sort(byNamespaceThenName);
  const namesakes = countNames([...exposed.map(({ metadata }) => metadata.name), ...misfitKeys.map(nameOf)]);
  const served: ServedAgent[] = [];
  const leftOut: LeftOutAgent[] = misfitKeys.map((id) => ({ id, why: 'it does not fit the schema of agents' }));
  for (const agent of exposed) {
    const id = idOf(agent);
    const reading = readAgent(agent);
    if (reading.outcome === 'refused') {
      leftOut.push({ id, why: reading.why });
    } else if (served.at(-1)?.id !== id) {
      served.push(servedAgent(agent, reading.address, namesakes.get(agent.metadata.name) === 1));
    }
  }
  return { served, leftOut: leftOut.sort((a, b) => codeUnitOrder(a.id, b.id)) };
}

function readAgent({ metadata, status }: Agent): AddressReading {
  const nameProblem = whyNoDnsLabel(metadata.name) ?? whyNoDnsLabel(metadata.namespace);
  if (nameProblem !== undefined) {
    return { outcome: 'refused', why: `its name ${nameProblem}` };
  }
  if (RESERVED_IDS.includes(`${metadata.namespace}/${metadata.name}`)) {
    return { outcome: 'refused', why: 'its path is that of the OpenAI calls' };
  }
  if (metadata.deletionTimestamp !== undefined) {
    return { outcome: 'refused', why: 'it is being deleted' };
  }
  return status?.url ? readAddress(status.url) : { outcome: 'refused', why: 'it has no status.url yet' };
}

function servedAgent(agent: Agent, address: AgentAddress, hasShorthand: boolean): ServedAgent {
  const { name, namespace, creationTimestamp } = agent.metadata;
  const createdAt = secondsOf(creationTimestamp) ?? 0;
  const changes = agent.status?.conditions?.map(({ lastTransitionTime }) => secondsOf(lastTransitionTime) ?? 0) ?? [];
  return {
    ...address,
    id: idOf(agent),
    name,
    namespace,
    createdAt,
    changedAt: Math.max(createdAt, ...changes),
    hasShorthand,
  };
}

function countNames(names: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) {
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return counts;
}

function byNamespaceThenName({ metadata: a }: Agent, { metadata: b }: Agent): number {
  return codeUnitOrder(a.namespace, b.namespace) || codeUnitOrder(a.name, b.name);
}

function nameOf(key: string): string {
  return key.slice(key.indexOf('/') + 1);
}

function idOf({ metadata }: Agent): string {
  return `${metadata.namespace}/${metadata.name}`;
}
