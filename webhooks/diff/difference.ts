import type { Evaluation } from '../evaluate/evaluate.ts';
import { endpointsOf } from '../evaluate/hook-calls.ts';
import { type AddressChange, addressChanges } from './addresses.ts';
import { type ObjectChange, objectChanges } from './objects.ts';
import { type ProblemChanges, problemChanges } from './problems.ts';
import { serviceEndpoints } from './service-endpoints.ts';

/** What differs between two states. */
export interface Difference {
  readonly addresses: readonly AddressChange[];
  readonly problems: ProblemChanges;
  readonly objects: readonly ObjectChange[];
  /** How much the newer state has. */
  readonly compared: Compared;
}

export interface Compared {
  readonly resources: number;
  readonly addresses: number;
  readonly objects: number;
}

/** A difference to print. */
export interface Shown {
  readonly difference: Difference;
  /** Whether the lines of objects are printed. */
  readonly hasLines: boolean;
}

/** Compares what becomes of the documents of two states. */
export function differenceOf(before: Evaluation, after: Evaluation): Difference {
  const endpoints = endpointsOf(after.answers);
  const [old, now] = serviceEndpoints([before, after]);
  const parents = after.answers.flatMap((answer) => answer.parents);
  return {
    addresses: addressChanges([...endpointsOf(before.answers), ...old], [...endpoints, ...now]),
    problems: problemChanges(before, after),
    objects: objectChanges(before.answers, after.answers),
    compared: {
      resources: new Set(parents.map(({ parent }) => parent.object)).size,
      addresses: endpoints.filter(({ outcome }) => outcome === 'reachable').length,
      objects: parents.flatMap(({ children }) => children).length,
    },
  };
}

/** Whether nothing differs. */
export function isSame({ addresses, problems, objects }: Difference): boolean {
  return [addresses, problems.appeared, problems.gone, objects].every(({ length }) => length === 0);
}
