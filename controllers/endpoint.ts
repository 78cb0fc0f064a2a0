import type { Demand } from './access/access-rules.ts';

/** The names of an object. */
export interface ObjectName {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

/** What decided something: the place to change, for whoever wants it otherwise. */
export type Cause =
  /** A field of a resource. Its default decides if it is not set. */
  | { readonly by: 'field'; readonly of: ObjectName; readonly field: string }
  /** An environment variable of the service, such as `GATEWAY_HOSTNAMES`. */
  | { readonly by: 'setting'; readonly name: string }
  /** Items of the access rules, `rules[0]` or `default`: two if callers pass a gateway and an agent with different ones. */
  | { readonly by: 'rule'; readonly rules: readonly string[] };

/** What decided each part of a way to call a resource. */
export interface Causes {
  /** That the resource has an address at all. */
  readonly exposed: Cause;
  readonly host: Cause;
  readonly timeout: Cause;
  readonly access: Cause;
}

/** What the Gateway says about a route. Unknown if it has not said anything. */
export interface Acceptance {
  readonly status: 'True' | 'False' | 'Unknown';
  readonly reason: string;
  readonly message: string;
}

/** A way to call a resource, or why there is none. The offline verbs show it; an answer has none. */
export type Endpoint = Reachable | Unreachable;

export interface Reachable {
  readonly outcome: 'reachable';
  /** The resource that answers, or the AgentGateway itself for a path that several agents share, such as `/models`. */
  readonly resource: ObjectName;
  /** What clients connect to: a Gateway of the Gateway API, or an AgentGateway inside the cluster. */
  readonly gateway: ObjectName;
  /** Undefined for any host name that leads to the gateway. */
  readonly host: string | undefined;
  readonly path: string;
  /** Whether calls to all paths below it take the same way. */
  readonly isPrefix: boolean;
  readonly method: 'GET' | 'POST' | 'any';
  /** The Service and the path behind it. Undefined while the gateway has not accepted the policies: the route is closed. */
  readonly backend: string | undefined;
  /** Undefined for the gateway's own. */
  readonly timeout: string | undefined;
  /** What callers must have; empty if everybody may call. Of `/chat/completions` it is that of each model's agent. */
  readonly demand: Demand;
  readonly because: Causes;
  /** Undefined inside the cluster, where there is no route. */
  readonly accepted: Acceptance | undefined;
}

export interface Unreachable {
  readonly outcome: 'unreachable';
  readonly resource: ObjectName;
  /** Undefined if it would be a Gateway of the Gateway API. */
  readonly gateway: ObjectName | undefined;
  /** One of the release reasons or of the problem reasons, such as `NotExposed`. */
  readonly reason: string;
  /** What to say beside the reason, if it does not say everything. */
  readonly message: string | undefined;
  /** Undefined if it is over soon, such as while agents are collected. */
  readonly because: Cause | undefined;
}

export interface NamedObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly namespace: string; readonly name: string };
}

/** The cause by a field of an object. */
export function fieldOf(object: NamedObject, field: string): Cause {
  return { by: 'field', of: namesOf(object), field };
}

/** The cause by a setting. */
export function settingNamed(name: string): Cause {
  return { by: 'setting', name };
}

export function namesOf({ apiVersion, kind, metadata }: NamedObject): ObjectName {
  return { apiVersion, kind, namespace: metadata.namespace, name: metadata.name };
}
