import { fieldAt, type Path } from './walk.ts';

/** The rules for all answers. A broken rule is a defect of this service. */
export type GuardRule =
  | 'NotJson'
  | 'Incomplete'
  | 'OtherNamespace'
  | 'UndeclaredKind'
  | 'Duplicate'
  | 'ServerField'
  | 'EmptyValue';

/** A field of an answer that breaks a rule. */
export interface Violation {
  readonly rule: GuardRule;
  /** The path of the field: `attachments[0].metadata.labels`. Never its value, which may be a secret. */
  readonly at: string;
}

/** Creates a violation for the field at a path. */
export function violation(rule: GuardRule, path: Path): Violation {
  return { rule, at: fieldAt(path) };
}
