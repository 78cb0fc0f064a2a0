import { codeUnitOrder } from '../../data/order.ts';
import type { Cause, ObjectName } from '../../endpoint.ts';
import type { Fitting } from '../../engine/fitting.ts';
import { writeTimes } from '../../kubernetes/objects/managed-fields.ts';
import { secondsOf } from '../../kubernetes/values/time.ts';
import { addressOf, notSentTo, whyInPart } from '../../resources/agentic-layer/address-of-agent.ts';
import { type Agent, agentReading } from '../../resources/agentic-layer/agent.ts';
import type { AddressReading, AgentAddress } from '../../resources/agentic-layer/agent-address.ts';
import { Type, Value } from '../../typebox.ts';
import type { Guard } from '../krakend/guard.ts';
import { type AgentAccess, isClosed } from './agent-access.ts';

/** An agent that a gateway serves. */
export interface ServedAgent extends AgentAddress {
  /** `namespace/name`: its path at the gateway, and its name as a model. */
  readonly id: string;
  readonly name: string;
  readonly namespace: string;
  /** Seconds since 1970; 0 if unknown. */
  readonly createdAt: number;
  readonly shorthand: Shorthand;
  /** What its endpoints demand of callers; nothing if everybody may call. */
  readonly guard?: Guard;
}

/**
 * Whether an agent is also served at `/<name>`, because no other exposed agent of the cluster has its name, and which path its
 * card there has: this one, or the long one, at which calls may stream.
 */
export type Shorthand = 'none' | 'short' | 'long';

/** An exposed agent as it is in the cluster now: its address, or why it cannot be served. */
export interface ExposedAgent {
  readonly id: string;
  readonly name: string;
  readonly namespace: string;
  readonly createdAt: number;
  /** When it last changed, in seconds since 1970 by the API server's clock; 0 if unknown. */
  readonly changedAt: number;
  readonly reading: AddressReading;
  readonly access: AgentAccess;
  /** The parts of its `status.url` that the gateway does not send. */
  readonly notSent: readonly string[];
}

/** What agents are read with. */
interface Circumstances {
  /** The latest time that can be true, in seconds since 1970. */
  readonly latest: number;
  readonly accessTo: (agent: Agent) => AgentAccess;
}

/** The exposed agents, each once, sorted by namespace, then name. One that cannot be served does not affect the others. */
export function exposedAgents(
  { items, misfits }: Fitting<Agent>,
  circumstances: Circumstances,
): readonly ExposedAgent[] {
  const exposed = [
    ...items.filter(({ spec }) => spec?.exposed === true).map((agent) => exposedAgent(agent, circumstances)),
    ...misfits.filter(({ value }) => Value.Check(Exposed, value)).map(({ key }) => misfit(key)),
  ];
  const sorted = exposed.sort((a, b) => codeUnitOrder(a.namespace, b.namespace) || codeUnitOrder(a.name, b.name));
  return sorted.filter(({ id }, index) => sorted[index - 1]?.id !== id);
}

/** An exposed agent that is not served, and why. */
export interface LeftOut {
  readonly id: string;
  readonly why: string;
}

/** The same with what decided it. */
export interface NotServed extends LeftOut {
  readonly because: Cause;
}

/** The names of the agent with an id. */
export function agentNamed(id: string): ObjectName {
  const slash = id.indexOf('/');
  const { apiVersion, kind } = agentReading;
  return { apiVersion, kind, namespace: id.slice(0, slash), name: id.slice(slash + 1) };
}

/** Where calls to an agent go; undefined if it is not served. */
export function addressIn({ reading, access }: ExposedAgent): AgentAddress | undefined {
  return reading.outcome === 'address' && !isClosed(access) ? reading.address : undefined;
}

/** The agents that may be called and cannot be served, each with the reason. */
export function leftOut(agents: readonly ExposedAgent[]): readonly NotServed[] {
  return agents.flatMap(({ id, reading, access }) =>
    reading.outcome === 'refused' && !isClosed(access)
      ? [{ id, why: reading.why, because: { by: 'field', of: agentNamed(id), field: reading.field } }]
      : [],
  );
}

/** The agents that are called without a part of their `status.url`, each with what is missing. */
export function calledInPart(agents: readonly ExposedAgent[]): readonly LeftOut[] {
  return agents
    .filter((agent) => addressIn(agent) !== undefined && agent.notSent.length > 0)
    .map(({ id, notSent }) => ({ id, why: whyInPart(notSent) }));
}

/** An object that does not fit the schema of Agents but still says that it is exposed. */
const Exposed = Type.Object({ spec: Type.Object({ exposed: Type.Literal(true) }) });

function misfit(key: string): ExposedAgent {
  const slash = key.indexOf('/');
  const reading: AddressReading = { outcome: 'refused', field: 'spec', why: 'it does not fit the schema of Agents' };
  return {
    id: key,
    name: key.slice(slash + 1),
    namespace: key.slice(0, Math.max(slash, 0)),
    createdAt: 0,
    changedAt: 0,
    reading,
    access: { outcome: 'open', rules: [] },
    notSent: [],
  };
}

function exposedAgent(agent: Agent, { latest, accessTo }: Circumstances): ExposedAgent {
  const { name, namespace, creationTimestamp } = agent.metadata;
  const createdAt = secondsOf(creationTimestamp) ?? 0;
  return {
    id: `${namespace}/${name}`,
    name,
    namespace,
    createdAt,
    changedAt: changedAt(agent, createdAt, latest),
    reading: addressOf(agent),
    access: accessTo(agent),
    notSent: notSentTo(agent),
  };
}

/**
 * The latest time that the API server noted for any of the writers. Everyone who may update an Agent can also write these
 * times, so a time in the future does not count.
 */
function changedAt({ metadata }: Agent, createdAt: number, latest: number): number {
  return writeTimes(metadata).reduce((last, time) => (time <= latest ? Math.max(last, time) : last), createdAt);
}
