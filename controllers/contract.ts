import type { Misfit } from './misfit.ts';
import type { Problem } from './problem.ts';
import type { Reading } from './reading.ts';
import type { Settings } from './settings.ts';

/** What Metacontroller posts to a sync hook, the same for decorators and composites. */
export interface Snapshot<Parent> {
  readonly parent: Parent;
  /** Children (a decorator's attachments) that the parent has now. */
  readonly children: readonly ObservedObject[];
  /** Objects that the answer to customize asked for. */
  readonly related: readonly ObservedObject[];
  readonly finalizing: boolean;
  /** The time of the call, as Kubernetes writes it: `2026-01-31T12:00:00Z`. */
  readonly now: string;
}

/** An object of a v2 map, not yet checked. Lists of them are sorted by map key, then by key. */
export interface ObservedObject {
  /** The kind's map key: `Service.v1`. */
  readonly mapKey: string;
  /** `namespace/name`, or `name` where the object is cluster-scoped. */
  readonly key: string;
  readonly value: unknown;
}

/** A child as it should be. */
export interface DesiredObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
}

/** The parent's whole status, or null: a decorator then leaves the status as it is. */
export type DesiredStatus = Readonly<Record<string, unknown>> | null;

/** These children, and no others: one that is observed and not named here is deleted. */
interface Apply {
  readonly outcome: 'apply';
  readonly children: readonly [DesiredObject, ...DesiredObject[]];
  readonly status: DesiredStatus;
  readonly problems: readonly Problem[];
  /** Ask again after so long, whatever happens. */
  readonly resyncAfterSeconds?: number;
}

/** No children, on purpose. The type keeps an empty list from being answered by accident. */
interface Release {
  readonly outcome: 'release';
  readonly reason: string;
  readonly status: DesiredStatus;
  readonly problems: readonly Problem[];
}

/** What a controller answers to a sync. */
export type Reply = Apply | Release;

/** The parent does not fit its schema, so nothing can be said about its children. */
export interface Refuse {
  readonly outcome: 'refuse';
  readonly misfit: Misfit;
}

/**
 * Which related objects to send along. Leave `names` out rather than empty: an empty list selects everything.
 * https://metacontroller.github.io/metacontroller/api/customize.html#customize-hook-response
 */
export interface RelatedRule {
  readonly apiVersion: string;
  readonly resource: string;
  readonly namespace?: string;
  readonly names?: readonly [string, ...string[]];
  readonly labelSelector?: { readonly matchLabels: Readonly<Record<string, string>> };
}

interface RelatedRules {
  readonly outcome: 'related';
  readonly rules: readonly RelatedRule[];
}

/** What the offline command prints of a parent: a cell a column. */
interface Rows {
  readonly outcome: 'rows';
  readonly rows: readonly (readonly string[])[];
}

/** How a controller that is off in clusters unless it is asked for is asked for offline. */
export interface OnDemand {
  /** The flag of `render`. */
  readonly flag: string;
  /** Fields of parents that lack them: offline nobody writes a status, and what waits for one would never be made. */
  readonly defaults: Readonly<Record<string, unknown>>;
}

/** A controller as the registry holds it. Its functions are pure: the same arguments give the same answer. */
export interface Controller {
  /** Metacontroller's name for it, and the first step of its hooks' URLs. */
  readonly name: string;
  readonly type: 'decorator' | 'composite';
  readonly parents: readonly Reading[];
  /** All the kinds that an answer may hold; the chart declares the same to Metacontroller. */
  readonly children: readonly Reading[];
  /** All the kinds that customize may ask for. */
  readonly related: readonly Reading[];
  readonly sync: (snapshot: Snapshot<unknown>, settings: Settings) => Reply | Refuse;
  readonly customize: ((parent: unknown, settings: Settings) => RelatedRules | Refuse) | undefined;
  readonly columns: readonly string[];
  readonly rows: (snapshot: Snapshot<unknown>, settings: Settings) => Rows | Refuse;
  readonly onDemand?: OnDemand;
}
