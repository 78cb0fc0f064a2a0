import type { DesiredObject } from '../contract.ts';
import type { Problem } from '../problem.ts';
import type { SpecComplaint } from './complaint.ts';
import type { Hold } from './hold.ts';

/** What a resource comes to: its workload, or why there is no new one, so that what is there stays as it is. */
export type Plan = Run | Hold;

interface Run {
  readonly outcome: 'run';
  readonly children: readonly [DesiredObject, ...DesiredObject[]];
  readonly complaints: readonly SpecComplaint[];
  /** What is told of something else than this resource. */
  readonly problems: readonly Problem[];
}

/** What is decided of a resource, once. Its answer, its status, its problems and its rows follow from this. */
export interface Decision {
  readonly plan: Plan;
  /** The plan's children, or, while the resource is held, those that are there. */
  readonly children: readonly DesiredObject[];
  /** What is said of the spec, whether the resource is held or not. */
  readonly complaints: readonly SpecComplaint[];
  /** What the resource refers to and is not there. */
  readonly unresolved: readonly string[];
  /** An Agent's `linkedResources`. */
  readonly links: Readonly<Record<string, string>>;
}
