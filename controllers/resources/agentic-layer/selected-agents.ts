import type { ObservedObject } from '../../contract.ts';
import { isPlainObject } from '../../data/plain-object.ts';
import { meetsSelector } from '../../kubernetes/objects/label-selector.ts';
import type { LabelSelector } from '../../label-selector.ts';
import { mapKey } from '../../reading.ts';
import { agentReading } from './agent.ts';

/**
 * Whether gateways serve an Agent and a route may lead straight to it, as far as its labels decide. All Agents are selected if there is no
 * selector. The Agent may be one that does not fit its schema.
 */
export function isSelectedAgent(agent: unknown, selector: LabelSelector | undefined): boolean {
  return selector === undefined || meetsSelector(selector, labelsOf(agent));
}

/**
 * The related objects without Agents that are not selected. Metacontroller does not send those, but it may still work by an earlier answer
 * of customize.
 */
export function withSelectedAgents(
  related: readonly ObservedObject[],
  selector: LabelSelector | undefined,
): readonly ObservedObject[] {
  return selector === undefined
    ? related
    : related.filter((object) => object.mapKey !== AGENTS || isSelectedAgent(object.value, selector));
}

const AGENTS = mapKey(agentReading);

function labelsOf(value: unknown): Readonly<Record<string, unknown>> {
  const metadata = isPlainObject(value) ? value['metadata'] : undefined;
  const labels = isPlainObject(metadata) ? metadata['labels'] : undefined;
  return isPlainObject(labels) ? labels : {};
}
