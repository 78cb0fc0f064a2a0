import type { DesiredStatus, Reply, Snapshot } from '../../contract.ts';
import { shown } from '../../data/quote.ts';
import { annotationProblems } from '../../engine/own-annotations.ts';
import { type Condition, stampCondition } from '../../kubernetes/objects/conditions.ts';
import type { Problem } from '../../problem.ts';
import type { AccessGrant } from '../../resources/kaos/access-grant.ts';

/** KAOS's condition, with the reason that its operator gives while it does not enforce anything. */
const NOT_ENFORCED: Condition = {
  type: 'Enforced',
  status: 'False',
  reason: 'AuthorizationDisabled',
  message:
    'agent-gateway-hooks enforces no AccessGrant, so this one permits no call and denies none; run the KAOS operator with its policy decision point instead of kaosRuntime, or write a policy for your Gateway, such as a SecurityPolicy of Envoy Gateway',
};

interface ObservedGrant {
  readonly about: string;
  readonly conditions: readonly unknown[];
  readonly generation: number | undefined;
  readonly now: string;
  readonly annotationProblems: readonly Problem[];
}

export function observe({ parent, now }: Snapshot<AccessGrant>): ObservedGrant {
  const { name, namespace, generation } = parent.metadata;
  const about = `AccessGrant ${shown(`${namespace}/${name}`)}`;
  return {
    about,
    conditions: parent.status?.conditions ?? [],
    generation,
    now,
    annotationProblems: annotationProblems(parent, about),
  };
}

interface DesiredGrant {
  readonly status: DesiredStatus;
  readonly problems: readonly Problem[];
}

/** The same for every grant. */
export function desire({
  about,
  conditions,
  generation,
  now,
  annotationProblems: problems,
}: ObservedGrant): DesiredGrant {
  const condition = stampCondition(NOT_ENFORCED, conditions, { observedGeneration: generation, now });
  return {
    status: { conditions: [condition] },
    problems: [...problems, { reason: 'RuntimeProblem', about, message: NOT_ENFORCED.message }],
  };
}

export function reply({ status, problems }: DesiredGrant): Reply {
  return { outcome: 'release', reason: 'NoChildren', status, problems };
}

export function rows({ about }: ObservedGrant): readonly (readonly string[])[] {
  return [[about, NOT_ENFORCED.status, NOT_ENFORCED.message]];
}
