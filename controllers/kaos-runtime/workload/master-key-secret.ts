import type { EnvVar } from '../../kubernetes/pod-spec/variables.ts';
import type { KaosRuntimeSettings, PodPolicy } from '../../settings.ts';

/** The key of the Secret for all proxies of a namespace. */
const MASTER_KEY_SECRET_KEY = 'master-key';

/** A variable with the key that all proxies of a namespace have. Without the Secret, Kubernetes does not start the pod. */
export function secretKey(name: string, secretName: string): EnvVar {
  return { name, valueFrom: { secretKeyRef: { name: secretName, key: MASTER_KEY_SECRET_KEY } } };
}

/** The administrator's policy. The Secret that the settings name themselves is permitted, too. */
export function policyOf({ podPolicy, modelApiMasterKeySecret: secret }: KaosRuntimeSettings): PodPolicy {
  const { secrets } = podPolicy;
  return secret === undefined || secrets.length === 0 ? podPolicy : { ...podPolicy, secrets: [...secrets, secret] };
}
