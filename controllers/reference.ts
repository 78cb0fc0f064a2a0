import type { ObjectName } from './endpoint.ts';

/** Something that a resource calls, by a name in its spec. The offline verbs show it; an answer has none. */
export interface Reference {
  readonly from: ObjectName;
  /** It may be missing. */
  readonly to: ObjectName;
  /** Why the resource cannot use it, in a few words. Undefined if it can. */
  readonly problem: ReferenceProblem | undefined;
}

export type ReferenceProblem = 'not found' | 'is being deleted' | 'is not exposed' | 'does not have the model';
