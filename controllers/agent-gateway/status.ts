import type { GATEWAY_REASONS, GatewayUnresolvedReason } from '../condition-reasons.ts';
import type { DesiredStatus } from '../contract.ts';
import { clean } from '../kubernetes/objects/clean.ts';
import {
  type Condition,
  type Objection,
  otherConditions,
  type ReportedCondition,
  resolvedUnless,
  stampCondition,
} from '../kubernetes/objects/conditions.ts';
import type { LeftOut } from './agents/exposed-agents.ts';
import type { Observed } from './observed.ts';

/** The conditions of this controller, in the order in which they are listed. */
const TYPES: readonly (keyof typeof GATEWAY_REASONS)[] = ['Accepted', 'ResolvedRefs', 'Programmed', 'RouteAccepted'];

/** The observed status with these conditions of this controller. All other conditions stay as they are. */
export function statusWith(observed: Observed, conditions: readonly ReportedCondition[]): DesiredStatus {
  return replaced(
    observed,
    conditions,
    conditions.map(({ type }) => type),
  );
}

/** The same with all conditions of this controller. One that is not among them does not apply any more. */
export function wholeStatus(observed: Observed, conditions: readonly ReportedCondition[]): DesiredStatus {
  return replaced(observed, conditions, TYPES);
}

function replaced(
  { gateway, now }: Observed,
  conditions: readonly ReportedCondition[],
  types: readonly string[],
): DesiredStatus {
  const observed = gateway.status?.conditions ?? [];
  const moment = { observedGeneration: gateway.metadata.generation, now };
  const stamped = conditions.map((condition) => stampCondition(condition, observed, moment));
  return clean({ ...gateway.status, conditions: [...stamped, ...otherConditions(types, observed)] }) as DesiredStatus;
}

/** The observed status without the conditions of this controller; null if it has none, so that it is not written. */
export function statusWithoutOurs({ gateway }: Observed): DesiredStatus {
  const observed = gateway.status?.conditions ?? [];
  const others = otherConditions(TYPES, observed);
  return others.length === observed.length ? null : (clean({ ...gateway.status, conditions: others }) as DesiredStatus);
}

const NAMED_AGENTS = 10;

export interface Unresolved {
  readonly agents: readonly LeftOut[];
  /** Agents with a demand that cannot be met. */
  readonly withheld: readonly LeftOut[];
  /** Agents that are served without a part of their address. */
  readonly inPart: readonly LeftOut[];
  readonly notFound: readonly string[];
  readonly guardrails: number;
}

/** What the gateway asks for and does not get: agents, objects of its environment, guardrails. */
export function resolvedRefs({ agents, withheld, inPart, notFound, guardrails }: Unresolved): Condition {
  const findings = [
    finding('GuardrailsNotSupported', guardrails, 'spec.guardrails: guardrails are not supported by this gateway'),
    finding('RefNotFound', notFound.length, `not found: ${notFound.join(', ')}`),
    finding(
      'AccessWithheld',
      withheld.length,
      `${counted(withheld, 'withheld, because an access rule cannot be met')}: ${listed(withheld)}`,
    ),
    finding('AgentsLeftOut', agents.length, `${counted(agents, 'left out')}: ${listed(agents)}`),
    finding(
      'AddressInPart',
      inPart.length,
      `${counted(inPart, 'served without a part of status.url')}: ${listed(inPart)}`,
    ),
  ];
  return resolvedUnless(findings.flat());
}

/** The finding, if there is something to report. */
function finding(reason: GatewayUnresolvedReason, number: number, message: string): readonly Objection[] {
  return number > 0 ? [{ reason, message }] : [];
}

/** `1 agent is left out`. */
export function counted({ length }: readonly unknown[], what: string): string {
  return length === 1 ? `1 agent is ${what}` : `${length} agents are ${what}`;
}

/** Names the first agents, each with the reason. */
export function listed(agents: readonly LeftOut[]): string {
  const named = agents.slice(0, NAMED_AGENTS).map(({ id, why }) => `${id} (${why})`);
  return `${named.join(', ')}${agents.length > NAMED_AGENTS ? ' and more' : ''}`;
}
