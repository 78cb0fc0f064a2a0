import type { Snapshot } from '../contract.ts';
import { shown } from '../data/quote.ts';
import { fitting } from '../engine/fitting.ts';
import { annotationProblems } from '../engine/own-annotations.ts';
import { httpRouteReading } from '../kubernetes/kinds/http-route.ts';
import type { Problem } from '../problem.ts';
import { addressOf, notSentTo } from '../resources/agentic-layer/address-of-agent.ts';
import type { Agent } from '../resources/agentic-layer/agent.ts';
import type { AddressReading } from '../resources/agentic-layer/agent-address.ts';

/** The fields of an Agent that its route depends on. */
export interface Observed {
  /** Names the Agent in messages: `Agent namespace/name`. */
  readonly about: string;
  readonly namespace: string;
  readonly name: string;
  readonly exposed: boolean;
  readonly deleting: boolean;
  readonly reading: AddressReading;
  /** The parts of its `status.url` that are not sent to it. */
  readonly notSent: readonly string[];
  readonly problems: readonly Problem[];
}

/** Reads the Agent, and nothing else: all follows from it. Its observed routes matter only if they are not valid. */
export function observe({ parent, children, finalizing }: Snapshot<Agent>): Observed {
  const { name, namespace, deletionTimestamp } = parent.metadata;
  const about = `Agent ${shown(`${namespace}/${name}`)}`;
  return {
    about,
    namespace,
    name,
    exposed: parent.spec?.exposed === true,
    deleting: finalizing || deletionTimestamp !== undefined,
    reading: addressOf(parent),
    notSent: notSentTo(parent),
    problems: [...fitting(httpRouteReading, children).problems, ...annotationProblems(parent, about)],
  };
}
