import { ANY_TEXT, fitsPattern } from '../../data/name-pattern.ts';
import type { PlainObject } from '../../data/plain-object.ts';
import type { PodPolicy } from '../../settings.ts';
import { isObjectName } from '../values/names.ts';
import type { MergeProblem } from './merge-problem.ts';
import { nameRules, type Permits, type PermittedNames, secretsIn } from './pod-names.ts';
import { type RuledPod, withinRules } from './pod-rules.ts';
import { podSecurityRules } from './pod-security.ts';

/** The account that a pod gets if it names none. */
export const DEFAULT_ACCOUNT = 'default';

/** What was left out of a pod, with its field. */
export interface PolicyComplaint {
  readonly reason: 'PodSecurity' | 'RefNotPermitted';
  readonly message: string;
}

/** A pod within the policy, and what was left out of it. */
interface WithinPolicy {
  readonly podSpec: PlainObject;
  readonly complaints: readonly PolicyComplaint[];
}

/**
 * A pod without what its Pod Security Standard forbids, and without names that pods may not use. `own` is the pod that
 * the fields of the resource's kind ask for.
 */
export function withinPolicy(pod: RuledPod, policy: PodPolicy, own: PlainObject): WithinPolicy {
  const secured = withinRules(pod, podSecurityRules[policy.podSecurity]);
  const named = withinRules({ ...pod, podSpec: secured.value }, nameRules(permittedNames(policy, own)));
  return {
    podSpec: named.value,
    complaints: [...told('PodSecurity', secured.problems), ...told('RefNotPermitted', named.problems)],
  };
}

function told(reason: PolicyComplaint['reason'], problems: readonly MergeProblem[]): readonly PolicyComplaint[] {
  return problems.map(({ field, message }) => ({ reason, message: `${field}: ${message}` }));
}

/** Without a list, a podSpec may name what the kind's own fields name already. A list counts for those fields, too. */
function permittedNames(policy: PodPolicy, own: PlainObject): PermittedNames {
  const secrets = permits(policy.secrets, secretsIn(own));
  return {
    serviceAccounts: (name) => permitsAccount(policy, name, own['serviceAccountName']),
    priorityClasses: (name) => name === '' || permits(policy.priorityClasses, [])(name),
    secrets,
    pullSecrets: policy.secrets.length === 0 ? () => true : secrets,
  };
}

/** Whether a pod may have a service account, if the kind's own field names another one or none. */
export function permitsAccount({ serviceAccounts }: PodPolicy, name: unknown, own: unknown): boolean {
  return name === '' || name === DEFAULT_ACCOUNT || permits(serviceAccounts, [own])(name);
}

function permits(patterns: readonly string[], own: readonly unknown[]): Permits {
  if (patterns.length === 0) {
    return (name) => own.includes(name);
  }
  return (name) =>
    patterns.includes(ANY_TEXT) ||
    (typeof name === 'string' && isObjectName(name) && patterns.some((pattern) => fitsPattern(name, pattern)));
}
