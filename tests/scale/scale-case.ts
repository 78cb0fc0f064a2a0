import type { Api } from '../cluster/support/api.ts';
import type { Manifest, Values } from '../support/helm.ts';

/** How large a run is. */
export interface Size {
  readonly count: number;
  /** The namespaces over which the resources are spread evenly. */
  readonly namespaces: number;
}

/** A program that plays the part of one that does not run here, until it is stopped. */
export type Player = (api: Api) => {
  /** Whether it has done all that it has heard of. */
  readonly isIdle: () => boolean;
  readonly stop: () => Promise<unknown>;
};

/** One change after all is made. */
export interface Change {
  readonly name: string;
  readonly make: (api: Api) => Promise<unknown>;
}

/** What a run creates, and what must then be there. */
export interface ScaleCase {
  readonly name: string;
  /** Values of the chart. */
  readonly values: Values;
  /** Whether Deployments get pods, which takes much of a small machine. */
  readonly workloads: boolean;
  readonly definitions: () => readonly Manifest[];
  readonly players: readonly Player[];
  /** Made before the measurement begins. */
  readonly before: (size: Size) => readonly Manifest[];
  /** Made at once. The measurement begins with the first of them. */
  readonly resources: (size: Size) => readonly Manifest[];
  /** Whether all is as it should be in the end. */
  readonly isDone: (api: Api, size: Size) => Promise<boolean>;
  readonly changes: readonly Change[];
}
