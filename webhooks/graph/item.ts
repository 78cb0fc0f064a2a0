import type { ObjectName } from '../../controllers/endpoint.ts';
import type { ReferenceProblem } from '../../controllers/reference.ts';
import type { Finding } from '../check/finding.ts';

/** A resource: how it is called, what it calls, and what is wrong with it. */
export interface Item {
  readonly names: ObjectName;
  /** `refused`: its document is not valid. `unread`: its kind is not read, so whether it exists is not known. */
  readonly presence: 'present' | 'missing' | 'refused' | 'unread';
  readonly routes: readonly Route[];
  readonly refusals: readonly Refusal[];
  readonly uses: readonly Use[];
  readonly findings: readonly Finding[];
}

/** The addresses of a resource at one gateway, for the same callers and with the same timeout. */
export interface Route {
  /** The key of the last gateway before the resource: an AgentGateway, or a Gateway of the Gateway API. */
  readonly through: string;
  /** Who may call, in short: `open`, `jwt+60/min`. */
  readonly access: string;
  readonly timeout: string | undefined;
  /** Each once: `/research/agent/lead`, `POST /agents/news`. */
  readonly paths: readonly string[];
  readonly entries: readonly Entry[];
}

/** Where callers connect. */
export interface Entry {
  readonly gateway: ObjectName;
  /** Undefined for any host name that leads to the gateway. */
  readonly host: string | undefined;
}

/** Why a gateway does not serve a resource. */
export interface Refusal {
  /** The key of the gateway; undefined if it would be a Gateway of the Gateway API. */
  readonly through: string | undefined;
  readonly reason: string;
  readonly message: string | undefined;
}

/** Something that a resource calls. */
export interface Use {
  readonly to: ObjectName;
  readonly problem: ReferenceProblem | undefined;
}
