import type { DesiredObject } from '../contract.ts';
import type { Condition } from '../kubernetes/objects/conditions.ts';
import type { Problem } from '../problem.ts';
import type { SpecComplaint } from './complaint.ts';
import type { Hold } from './hold.ts';

/** What to do with a resource: run it with these children, or hold it with the children that it has. */
export type Plan = Run | Hold;

interface Run {
  readonly outcome: 'run';
  readonly children: readonly [DesiredObject, ...DesiredObject[]];
  readonly complaints: readonly SpecComplaint[];
  /** Problems of other objects, such as the registry of runtimes. */
  readonly problems: readonly Problem[];
}

/** The one decision about a resource. Its answer, status, problems and rows follow from this. */
export interface Decision {
  readonly plan: Plan;
  /** The plan's children if the resource runs, its present children if it is held. */
  readonly children: readonly DesiredObject[];
  /** What is wrong with parts of the spec, also if the resource is held. Empty if the spec as a whole is not valid. */
  readonly complaints: readonly SpecComplaint[];
  /** A message for each object that the resource refers to and cannot use. */
  readonly unresolved: readonly string[];
  /** A message for each of them that its pods call in vain, by the access rules. */
  readonly unreachable: readonly string[];
  /** An Agent's `linkedResources`. */
  readonly links: Readonly<Record<string, string>>;
  /** Conditions that only the resource's kind has. */
  readonly conditions: readonly Condition[];
  /** Whether all children are there, and the latest pods are in use. */
  readonly programmed: Condition;
}
