import type { AccessState } from './access/access-rules.ts';
import type { Endpoint, Unreachable } from './endpoint.ts';
import type { LabelSelector } from './label-selector.ts';
import type { Misfit } from './misfit.ts';
import type { Problem } from './problem.ts';
import type { Reading } from './reading.ts';
import type { Reference } from './reference.ts';
import type { Settings } from './settings.ts';

/** What Metacontroller posts to a sync hook, in one form for decorators and composites. */
export interface Snapshot<Parent> {
  readonly parent: Parent;
  /** The parent's children (attachments, for a decorator) in the cluster. */
  readonly children: readonly ObservedObject[];
  /** The objects that match the answer to customize. */
  readonly related: readonly ObservedObject[];
  readonly finalizing: boolean;
  /** Time of the call, in the format of Kubernetes: `2026-01-31T12:00:00Z`. */
  readonly now: string;
}

/** An unchecked object from a v2 map. Lists of these are sorted by map key, then by key. */
export interface ObservedObject {
  /** Map key of the kind: `Service.v1`. */
  readonly mapKey: string;
  /** `namespace/name`, or `name` for a cluster-scoped object. */
  readonly key: string;
  readonly value: unknown;
}

/** A child as the parent should have it. */
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

/** The parent's whole status. If it is null, a decorator does not change the status. */
export type DesiredStatus = Readonly<Record<string, unknown>> | null;

/** How many resources of an answer have which access. The metrics count them. */
export type AccessCounts = Readonly<Partial<Record<AccessState, number>>>;

/** The complete list of children. Metacontroller deletes every observed child that is not in it. */
interface Apply {
  readonly outcome: 'apply';
  readonly children: readonly [DesiredObject, ...DesiredObject[]];
  readonly status: DesiredStatus;
  readonly problems: readonly Problem[];
  readonly access?: AccessCounts;
  /** Metacontroller calls sync again after this time, even if nothing changes. */
  readonly resyncAfterSeconds?: number;
}

/** Deletes all children, on purpose. `Apply` requires a child, so that no bug can delete all of them with an empty list. */
interface Release {
  readonly outcome: 'release';
  readonly reason: string;
  readonly status: DesiredStatus;
  readonly problems: readonly Problem[];
  readonly access?: AccessCounts;
}

/** The answer to sync. */
export type Reply = Apply | Release;

/** The parent does not match its schema, so its children cannot be determined. */
export interface Refuse {
  readonly outcome: 'refuse';
  readonly misfit: Misfit;
}

/**
 * Selects related objects, which Metacontroller sends to sync. Omit `names` instead of leaving it empty: an empty list selects
 * all objects.
 * https://metacontroller.github.io/metacontroller/api/customize.html#customize-hook-response
 */
export interface RelatedRule {
  readonly apiVersion: string;
  readonly resource: string;
  readonly namespace?: string;
  readonly names?: readonly [string, ...string[]];
  readonly labelSelector?: LabelSelector;
}

interface RelatedRules {
  readonly outcome: 'related';
  readonly rules: readonly RelatedRule[];
}

/** What the offline verbs say about a parent. */
interface Description {
  readonly outcome: 'described';
  /** Rows of a table with one cell per column. */
  readonly rows: readonly (readonly string[])[];
  /** The ways to call resources that the answer makes, and why there is none. */
  readonly endpoints: readonly Endpoint[];
  /** What the parent calls, by names in its spec. */
  readonly references: readonly Reference[];
}

/** How the offline command turns on a controller that is off by default in clusters. */
export interface OnDemand {
  /** Flag of `render`. */
  readonly flag: string;
  /** Fields to add to parents that lack them. Offline, no status is written, so children that wait for one would never appear. */
  readonly defaults: Readonly<Record<string, unknown>>;
  /** The variables that turn the controller on in a server too, with their values. */
  readonly variables?: Readonly<Record<string, string>>;
  /** Objects that the chart makes from its values and that the controller reads. Offline they are added to input that lacks them. */
  readonly chartObjects?: (values: unknown, settings: Settings) => readonly DesiredObject[];
  /** The objects that this controller makes from an object, as they are in a cluster, if other controllers read them. Offline they are added too. */
  readonly readByOthers?: (object: unknown, settings: Settings) => readonly DesiredObject[];
}

/** A controller in the registry. Its functions are pure: the same arguments give the same answer. */
export interface Controller {
  /** Name of the Metacontroller object, and first step of the path of the hooks. */
  readonly name: string;
  readonly type: 'decorator' | 'composite';
  readonly parents: readonly Reading[];
  /** All kinds of children. The chart lists the same kinds in the Metacontroller object. */
  readonly children: readonly Reading[];
  /** All kinds of related objects. */
  readonly related: readonly Reading[];
  readonly sync: (snapshot: Snapshot<unknown>, settings: Settings) => Reply | Refuse;
  readonly customize: ((parent: unknown, settings: Settings) => RelatedRules | Refuse) | undefined;
  readonly columns: readonly string[];
  readonly describe: (snapshot: Snapshot<unknown>, settings: Settings) => Description | Refuse;
  readonly onDemand?: OnDemand;
  /** Why no hook gets an object that its owner may miss in an answer; undefined for any other object. The offline command notes it. */
  readonly whyPassedOver?: (object: unknown, settings: Settings) => string | undefined;
  /** Why none of the parents makes a way to call an object that is no parent itself, whatever they are; undefined for any other object. */
  readonly whyUnserved?: (object: unknown, settings: Settings) => Unreachable | undefined;
}
