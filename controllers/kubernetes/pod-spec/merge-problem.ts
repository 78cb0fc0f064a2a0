import { shown } from '../../data/quote.ts';
import type { Field } from './field.ts';

/** A part of an override that is not taken: where it is (`podSpec.containers[0].env`) and why. Never its value. */
export interface MergeProblem {
  readonly field: string;
  readonly message: string;
}

/** Where a merge is, and what is known of the field there. */
export interface Place {
  readonly path: string;
  readonly field: Field | undefined;
}

export function problem({ path }: Place, message: string): MergeProblem {
  return { field: shown(path), message: shown(message) };
}
