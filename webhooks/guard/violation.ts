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

export interface Violation {
  readonly rule: GuardRule;
  /** Where in the answer: `attachments[0].metadata.labels`. Never the value. */
  readonly at: string;
}

export function violation(rule: GuardRule, path: Path): Violation {
  return { rule, at: fieldAt(path) };
}
