import { PROBLEM_REASONS, type ProblemReason } from '../../controllers/problem.ts';
import type { Severity } from './finding.ts';

/** What a rule finds, for people who see only its name. */
const OWN_RULES = {
  InvalidDocument: 'A document that cannot be read: it is not YAML, or the API server would refuse it.',
  InvalidField: 'A field that its kind does not have, or a value that the API server refuses.',
  Ignored: 'Input that was passed over.',
  NameClash: 'Two resources make the same object, so only one of them gets it.',
  PathClash: 'Two resources make routes with the same address, so only one of them is called.',
  RefNotFound: 'A resource refers to another one that is not among the documents.',
  ModelNotSupported: 'The ModelAPI does not list the model of the Agent.',
} as const;

/** The name of a rule. */
export type Rule = keyof typeof OWN_RULES | ProblemReason;

/** All rules, each with its meaning. */
export const RULES: Readonly<Record<Rule, string>> = { ...OWN_RULES, ...PROBLEM_REASONS };

/** An error is something that a resource asks for and does not get. A warning is something that it gets in another way. */
export const SEVERITIES: Readonly<Record<Rule, Severity>> = {
  InvalidDocument: 'error',
  InvalidField: 'error',
  Ignored: 'note',
  NameClash: 'error',
  PathClash: 'error',
  // The cluster may have it. If the documents have a similar name, it is an error.
  RefNotFound: 'warning',
  ModelNotSupported: 'error',
  InvalidObject: 'error',
  InvalidTimeout: 'error',
  TimeoutNotSupported: 'warning',
  InvalidName: 'error',
  NoDirectRoute: 'warning',
  PartNotSent: 'warning',
  AccessPending: 'warning',
  PolicyConflict: 'error',
  CorsNotSupported: 'warning',
  UnknownAnnotation: 'error',
  AgentLeftOut: 'error',
  ConfigNearlyFull: 'warning',
  AccessWithheld: 'error',
  FromNotEnforced: 'error',
  NoGatewayAddress: 'error',
  GatewayProblem: 'error',
  RuntimeProblem: 'error',
};
