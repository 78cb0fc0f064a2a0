import { fieldAt, type Path } from './walk.ts';

/** The rules for all answers. A broken rule is a defect of this service. The reference pages print them. */
export const GUARD_RULES = {
  NotJson: 'A null, or a value that JSON cannot represent.',
  Incomplete: 'A child without apiVersion, kind or name.',
  OtherNamespace: 'A child in another namespace than its parent.',
  UndeclaredKind: 'A child or a related object of a kind that the controller does not declare.',
  Duplicate: 'Two children with the same identity.',
  ServerField: 'A field that the API server or Metacontroller owns.',
  EmptyValue: 'An empty value that the API server drops, or that would select all objects.',
} as const;

export type GuardRule = keyof typeof GUARD_RULES;

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
