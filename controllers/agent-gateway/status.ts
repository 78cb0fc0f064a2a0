import type { DesiredStatus } from '../contract.ts';
import { clean } from '../kubernetes/objects/clean.ts';
import { type Condition, otherConditions, stampCondition } from '../kubernetes/objects/conditions.ts';
import type { Observed } from './observed.ts';

/** The conditions of this controller, in the order in which they are listed. */
const TYPES = ['Accepted', 'ResolvedRefs', 'Programmed'] as const;

export interface GatewayCondition extends Condition {
  readonly type: (typeof TYPES)[number];
}

/** The observed status with these conditions of this controller. All other conditions stay as they are. */
export function statusWith({ gateway, now }: Observed, conditions: readonly GatewayCondition[]): DesiredStatus {
  const observed = gateway.status?.conditions ?? [];
  const moment = { observedGeneration: gateway.metadata.generation, now };
  const named = conditions.map(({ type }): string => type);
  const stamped = conditions.map((condition) => stampCondition(condition, observed, moment));
  return clean({ ...gateway.status, conditions: [...stamped, ...otherConditions(named, observed)] }) as DesiredStatus;
}

/** The observed status without the conditions of this controller; null if it has none, so that it is not written. */
export function statusWithoutOurs({ gateway }: Observed): DesiredStatus {
  const observed = gateway.status?.conditions ?? [];
  const others = otherConditions(TYPES, observed);
  return others.length === observed.length ? null : (clean({ ...gateway.status, conditions: others }) as DesiredStatus);
}

export function accepted(
  complaints: readonly { readonly reason: string; readonly message: string }[],
): GatewayCondition {
  const [first] = complaints;
  return first
    ? { type: 'Accepted', status: 'False', reason: first.reason, message: messages(complaints) }
    : { type: 'Accepted', status: 'True', reason: 'Accepted', message: 'The gateway is accepted' };
}

function messages(complaints: readonly { readonly message: string }[]): string {
  return complaints.map(({ message }) => message).join('; ');
}

const NAMED_AGENTS = 10;

export interface Unresolved {
  readonly agents: readonly { readonly id: string; readonly why: string }[];
  readonly notFound: readonly string[];
  readonly guardrails: number;
}

/** What the gateway asks for and does not get: agents, objects of its environment, guardrails. */
export function resolvedRefs({ agents, notFound, guardrails }: Unresolved): GatewayCondition {
  const named = agents.slice(0, NAMED_AGENTS).map(({ id, why }) => `${id} (${why})`);
  const more = agents.length > NAMED_AGENTS ? ' and more' : '';
  const findings = [
    ...(guardrails > 0
      ? [{ reason: 'GuardrailsNotSupported', message: 'guardrails are not supported by this gateway' }]
      : []),
    ...(notFound.length > 0 ? [{ reason: 'RefNotFound', message: `not found: ${notFound.join(', ')}` }] : []),
    ...(agents.length > 0
      ? [{ reason: 'AgentsLeftOut', message: `${leftOutCount(agents.length)}: ${named.join(', ')}${more}` }]
      : []),
  ];
  const [first] = findings;
  return first
    ? { type: 'ResolvedRefs', status: 'False', reason: first.reason, message: messages(findings) }
    : { type: 'ResolvedRefs', status: 'True', reason: 'ResolvedRefs', message: 'All references are resolved' };
}

function leftOutCount(count: number): string {
  return count === 1 ? '1 agent is left out' : `${count} agents are left out`;
}
