import type { DesiredObject } from '../contract.ts';
import type { PlainObject } from '../data/plain-object.ts';
import type { Problem } from '../problem.ts';

/** Something of a resource's spec that is not as its user wrote it. It stops nothing. */
export interface Complaint {
  readonly reason: string;
  readonly message: string;
}

/** What a resource comes to: its workload, or why there is no new one, so that what is there stays as it is. */
export type Plan = Run | Hold;

interface Run {
  readonly outcome: 'run';
  readonly children: readonly [DesiredObject, ...DesiredObject[]];
  readonly complaints: readonly Complaint[];
  /** What is told of something else than this resource. */
  readonly problems: readonly Problem[];
}

export interface Hold {
  readonly outcome: 'hold';
  readonly phase: 'Pending' | 'Waiting' | 'Failed';
  /** Which condition says why. */
  readonly condition: 'Accepted' | 'ResolvedRefs' | 'Programmed';
  readonly reason: string;
  readonly message: string;
  /** What would be said of its spec if it ran, as far as that is known. */
  readonly complaints?: readonly Complaint[];
}

export function failed(reason: string, message: string): Hold {
  return { outcome: 'hold', phase: 'Failed', condition: 'Accepted', reason, message };
}

/** In the words of the KAOS operator. */
export function notConstructed(reason: string, message: string): Hold {
  return failed(reason, `Failed to construct Deployment: ${message}`);
}

export function unresolved(message: string): Hold {
  return {
    outcome: 'hold',
    phase: 'Failed',
    condition: 'ResolvedRefs',
    reason: 'RefNotFound',
    message,
  };
}

export function waiting(message: string): Hold {
  return { outcome: 'hold', phase: 'Waiting', condition: 'Programmed', reason: 'Waiting', message };
}

/** Why there is nothing new, with what is said of the spec in any case. */
export function withComplaints(hold: Hold, { complaints }: Plan): Hold {
  return complaints === undefined ? hold : { ...hold, complaints };
}

/** A pod before the user's PodSpec is merged over it, and what its configuration hashes to. */
export interface Pod {
  readonly podSpec: PlainObject;
  readonly annotations: Readonly<Record<string, string>>;
}
