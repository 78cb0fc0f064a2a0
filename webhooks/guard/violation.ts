import { fieldAt, type Path } from './walk.ts';

/** The rules that every answer keeps; a broken one is a defect of ours. */
export type GuardRule =
  | 'NotJson'
  | 'Incomplete'
  | 'OtherNamespace'
  | 'UndeclaredKind'
  | 'Duplicate'
  | 'ServerField'
  | 'EmptyValue';

/** One place where an answer breaks a rule. */
export interface Violation {
  readonly rule: GuardRule;
  /** Where in the answer: `attachments[0].metadata.labels`. Never the value. */
  readonly at: string;
}

/** A broken rule, with the path written as people write fields. */
export function violation(rule: GuardRule, path: Path): Violation {
  return { rule, at: fieldAt(path) };
}
