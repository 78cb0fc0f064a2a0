import { shown } from '../../data/quote.ts';
import type { Field } from './field.ts';

/** A part of an override that is not used: its field (`podSpec.containers[0].env`) and the reason, without its value. */
export interface MergeProblem {
  readonly field: string;
  readonly message: string;
}

/** The field that is merged: its path, and its entry in the table, if any. */
export interface Place {
  readonly path: string;
  readonly field: Field | undefined;
}

export function problem({ path }: Place, message: string): MergeProblem {
  return { field: shown(path), message: shown(message) };
}
