import type { SettingVariables } from './setting-variables.ts';

/** An object as Kubernetes has it. */
export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly [field: string]: unknown;
}

/** Objects by kind, such as `HTTPRoute.gateway.networking.k8s.io/v1`, and then by `namespace/name`. */
export type ObjectsByKind = Readonly<Record<string, Readonly<Record<string, object>>>>;

/** What Metacontroller posts to the sync hook of a DecoratorController. */
export interface DecoratorSyncRequest {
  /** Metacontroller's own object. It is not read. */
  readonly controller: object;
  /** The parent as it is in the cluster. */
  readonly object: object;
  /** The children of the parent as they are in the cluster. */
  readonly attachments: ObjectsByKind;
  /** The objects that the last answer to customize selected. */
  readonly related: ObjectsByKind;
  readonly finalizing: boolean;
}

/** What Metacontroller posts to the sync hook of a CompositeController. */
export interface CompositeSyncRequest {
  /** Metacontroller's own object. It is not read. */
  readonly controller: object;
  /** The parent as it is in the cluster. */
  readonly parent: object;
  /** The children of the parent as they are in the cluster. */
  readonly children: ObjectsByKind;
  /** The objects that the last answer to customize selected. */
  readonly related: ObjectsByKind;
  readonly finalizing: boolean;
}

/** What Metacontroller posts to a customize hook. */
export interface CustomizeRequest {
  /** Metacontroller's own object. It is not read. */
  readonly controller: object;
  /** The parent as it is in the cluster. */
  readonly parent: object;
}

interface SyncResponse {
  /** The whole status of the parent. Null leaves the status of the parent of a decorator as it is. */
  readonly status: Readonly<Record<string, unknown>> | null;
  /** Metacontroller calls again after this time, even if nothing changes. */
  readonly resyncAfterSeconds?: number;
}

/** What Metacontroller gets from the sync hook of a DecoratorController. */
export interface DecoratorSyncResponse extends SyncResponse {
  /** All children that the parent should have. Metacontroller deletes the others. */
  readonly attachments: readonly KubernetesObject[];
}

/** What Metacontroller gets from the sync hook of a CompositeController. */
export interface CompositeSyncResponse extends SyncResponse {
  /** All children that the parent should have. Metacontroller deletes the others. */
  readonly children: readonly KubernetesObject[];
}

/** Selects objects of one kind. Without names, it selects all of them. */
export interface RelatedRule {
  readonly apiVersion: string;
  /** The plural name of the kind, such as `services`. */
  readonly resource: string;
  readonly namespace?: string;
  readonly names?: readonly string[];
  readonly labelSelector?: object;
}

/** What Metacontroller gets from a customize hook. */
export interface CustomizeResponse {
  /** The related objects that the next sync should have. */
  readonly relatedResources: readonly RelatedRule[];
}

/** Something that a resource asks for and does not get. */
export interface Problem {
  /** One of docs/reference/reasons.md. */
  readonly reason: string;
  /** The object with the problem, such as `Agent research/helper`. */
  readonly about: string;
  /** Field, value, what is expected and what to do. */
  readonly message: string;
}

/** An answer, or why there is none. No function throws because of its input. */
export type Answer<Response> =
  | { readonly outcome: 'answered'; readonly response: Response; readonly problems: readonly Problem[] }
  | Refused;

/** Why there is no answer: the field, and what is expected. The service would answer with 4xx. */
export interface Refused {
  readonly outcome: 'refused';
  readonly why: string;
}

/** How to answer. The same arguments give the same answer. */
export interface Options {
  /** The settings of the service that differ from a Gateway in `kaos-system`, by the names of its environment variables. */
  readonly settings?: SettingVariables;
  /** The access rules, as the chart's value `accessRules` has them: docs/access.md. */
  readonly accessRules?: object;
  /** The time of the call. By default it is 2026-01-01T00:00:00Z. */
  readonly now?: string;
  /** Whether routes lead straight to the agents of gateways. */
  readonly agentRoutes?: boolean;
  /** Whether this service runs KAOS resources. */
  readonly kaosRuntime?: boolean;
}

/** Something wrong in documents. */
export interface Finding {
  readonly severity: 'error' | 'warning' | 'note';
  /** The name of the rule: docs/command.md. */
  readonly rule: string;
  /** Field, value, what is expected and what to do. */
  readonly message: string;
  /** The object, such as `Agent research/helper`. */
  readonly object?: string;
  /** The place of the field in the text, from 1. */
  readonly place?: { readonly file: string; readonly line: number; readonly column: number };
}

/** The objects that the service makes for documents, or why there are none. */
export type Rendering =
  | {
      readonly outcome: 'rendered';
      readonly objects: readonly KubernetesObject[];
      /** What is wrong with the documents, as `check` says it, apart from what spans several of them. */
      readonly findings: readonly Finding[];
    }
  | Refused;

/** What is wrong with documents, or why they were not checked. */
export type Checking = { readonly outcome: 'checked'; readonly findings: readonly Finding[] } | Refused;

/** Documents in YAML or JSON, or objects. */
export type Documents = string | readonly object[];
