import type { Snapshot } from '../contract.ts';
import { shown } from '../data/quote.ts';
import { annotationProblems } from '../engine/own-annotations.ts';
import { type ObservedChildren, observeChildren } from '../policies/observed-guards.ts';
import type { Problem } from '../problem.ts';
import { addressOf, notSentTo } from '../resources/agentic-layer/address-of-agent.ts';
import type { Agent } from '../resources/agentic-layer/agent.ts';
import type { AddressReading } from '../resources/agentic-layer/agent-address.ts';

/** The fields of an Agent that its route depends on. */
export interface Observed {
  /** Names the Agent in messages: `Agent namespace/name`. */
  readonly about: string;
  /** The Agent itself, by whose fields the access rules select it. */
  readonly resource: Agent;
  readonly namespace: string;
  readonly name: string;
  readonly exposed: boolean;
  readonly deleting: boolean;
  readonly reading: AddressReading;
  /** The parts of its `status.url` that are not sent to it. */
  readonly notSent: readonly string[];
  readonly children: ObservedChildren;
  readonly problems: readonly Problem[];
}

/** Reads the Agent, its route and its policies. */
export function observe({ parent, finalizing, ...snapshot }: Snapshot<Agent>): Observed {
  const { name, namespace, deletionTimestamp } = parent.metadata;
  const children = observeChildren(snapshot.children, snapshot.now);
  const about = `Agent ${shown(`${namespace}/${name}`)}`;
  return {
    about,
    resource: parent,
    namespace,
    name,
    exposed: parent.spec?.exposed === true,
    deleting: finalizing || deletionTimestamp !== undefined,
    reading: addressOf(parent),
    notSent: notSentTo(parent),
    children,
    problems: [...children.problems, ...annotationProblems(parent, about)],
  };
}
