import type { DesiredObject } from '../contract.ts';
import type { Problem } from '../problem.ts';
import type { SpecComplaint } from './complaint.ts';
import type { Hold } from './hold.ts';

/** What becomes of a resource: it runs with these children, or it is held and keeps those that it has. */
export type Plan = Run | Hold;

interface Run {
  readonly outcome: 'run';
  readonly children: readonly [DesiredObject, ...DesiredObject[]];
  readonly complaints: readonly SpecComplaint[];
  /** Problems of other objects than this resource. */
  readonly problems: readonly Problem[];
}

/** What is decided of a resource, once. Its answer, its status, its problems and its rows follow from this. */
export interface Decision {
  readonly plan: Plan;
  /** The plan's children, or the present ones while the resource is held. */
  readonly children: readonly DesiredObject[];
  /** What is wrong with the spec, also while the resource is held. None where the spec itself cannot be made. */
  readonly complaints: readonly SpecComplaint[];
  /** Messages about objects that the resource refers to and that do not exist. */
  readonly unresolved: readonly string[];
  /** An Agent's `linkedResources`. */
  readonly links: Readonly<Record<string, string>>;
}
