import type { EnvVar } from '../../kubernetes/pod-spec/variables.ts';

/** The key of the Secret for all proxies of a namespace. */
const MASTER_KEY_SECRET_KEY = 'master-key';

/** A variable with the key that all proxies of a namespace have. Without the Secret, Kubernetes does not start the pod. */
export function secretKey(name: string, secretName: string): EnvVar {
  return { name, valueFrom: { secretKeyRef: { name: secretName, key: MASTER_KEY_SECRET_KEY } } };
}
