import type { Demand } from './access/access-rules.ts';

/** The names of an object. */
export interface ObjectName {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
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
  readonly method: 'GET' | 'POST' | 'any';
  /** The Service and the path behind it. Undefined while the gateway has not accepted the policies: the route is closed. */
  readonly backend: string | undefined;
  /** Undefined for the gateway's own. */
  readonly timeout: string | undefined;
  /** What callers must have; empty if everybody may call. Of `/chat/completions` it is that of each model's agent. */
  readonly demand: Demand;
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
}

export interface NamedObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly namespace: string; readonly name: string };
}

export function namesOf({ apiVersion, kind, metadata }: NamedObject): ObjectName {
  return { apiVersion, kind, namespace: metadata.namespace, name: metadata.name };
}
