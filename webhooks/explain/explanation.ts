import type { ObjectName } from '../../controllers/endpoint.ts';

/** What is told about one resource. `--output json` prints it as it is. */
export interface Explanation {
  readonly resource: ObjectName;
  /** `team.yaml:12:1`; undefined for an object of a cluster. */
  readonly place: string | undefined;
  /** `yes`: from outside the cluster, as far as the documents say. `inside`: only in it. */
  readonly reachable: 'yes' | 'inside' | 'no';
  /** One sentence. */
  readonly summary: string;
  readonly addresses: readonly Address[];
  /** Why it is not called, or not everywhere. */
  readonly obstacles: readonly Obstacle[];
  readonly exposed: string | undefined;
  /** Other facts, such as the class of a gateway, and the agents that it serves. */
  readonly facts: readonly Fact[];
  readonly makes: readonly string[];
  readonly needs: readonly string[];
  readonly neededBy: readonly string[];
  readonly problems: readonly string[];
  readonly toChange: readonly string[];
}

/** A line of its own for people: `class`, `serves`. */
export interface Fact {
  readonly name: string;
  readonly lines: readonly string[];
}

/** A way to call the resource. */
export interface Address {
  readonly method: string;
  /** With `http[s]` if the Gateway's listeners are not known, and without a host if every one will do. */
  readonly url: string;
  /** Whether it holds for all paths below it. */
  readonly isPrefix: boolean;
  readonly gateway: string;
  /** Whether other host names do as well, if they lead to the gateway. */
  readonly isForAnyHost: boolean;
  /** Whether it is that of a Service, which only pods call. */
  readonly isInside: boolean;
  /** `open`, or why calls do not come through. */
  readonly state: 'open' | 'closed' | 'refused';
  readonly why: string | undefined;
  readonly backend: string | undefined;
  readonly timeout: string;
  readonly callers: readonly string[];
  readonly callersInShort: string;
  readonly because: { readonly host: string; readonly timeout: string; readonly callers: string };
}

/** Something that keeps callers away, and what to do about it. */
export interface Obstacle {
  /** The word for programs, such as `NotExposed`. */
  readonly reason: string;
  readonly why: string;
  readonly toChange: string | undefined;
}
