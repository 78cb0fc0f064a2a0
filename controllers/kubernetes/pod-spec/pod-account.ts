import { isPlainObject, type PlainObject } from '../../data/plain-object.ts';
import type { Deployment } from '../kinds/deployment.ts';
import { DEFAULT_ACCOUNT } from './pod-policy.ts';

/** The service account of a PodSpec. The deprecated `serviceAccount` counts if `serviceAccountName` is not set. */
export function accountOf({ serviceAccountName, serviceAccount }: PlainObject): unknown {
  return serviceAccountName || serviceAccount;
}

/** The user's PodSpec with its service account under the present field name. */
export function withAccountName(podSpec: unknown): unknown {
  if (!isPlainObject(podSpec) || !('serviceAccount' in podSpec)) {
    return podSpec;
  }
  const { serviceAccount: _old, ...others } = podSpec;
  return { ...others, serviceAccountName: accountOf(podSpec) };
}

/**
 * The pod, with the account `default` if it names none and the present Deployment names one. The API server copies an account to the
 * deprecated `serviceAccount`, which no apply removes, and reads it back from there. So only another name takes an account away.
 */
export function withAccount(podSpec: PlainObject, present: Deployment | undefined): PlainObject {
  const isNamed = present?.spec.template.spec?.serviceAccountName !== undefined;
  return isNamed ? { serviceAccountName: DEFAULT_ACCOUNT, ...podSpec } : podSpec;
}
