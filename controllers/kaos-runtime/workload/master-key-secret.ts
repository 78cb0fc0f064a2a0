import type { EnvVar } from '../../kubernetes/pod-spec/variables.ts';
import type { ModelApiDependency } from '../../resources/kaos/dependency.ts';
import type { KaosRuntimeSettings } from '../../settings.ts';

/** The key of the Secret for all proxies of a namespace. */
const MASTER_KEY_SECRET_KEY = 'master-key';

/** A variable with the key that all proxies of a namespace have. Without the Secret, Kubernetes does not start the pod. */
export function secretKey(name: string, secretName: string): EnvVar {
  return { name, valueFrom: { secretKeyRef: { name: secretName, key: MASTER_KEY_SECRET_KEY } } };
}

/** The variable with the key for calls of this ModelAPI. Empty unless it is a proxy and all proxies take their key from a Secret. */
export function proxyKey(
  name: string,
  modelApi: ModelApiDependency | undefined,
  { modelApiMasterKeySecret }: KaosRuntimeSettings,
): readonly EnvVar[] {
  return modelApi?.spec?.mode === 'Proxy' && modelApiMasterKeySecret !== undefined
    ? [secretKey(name, modelApiMasterKeySecret)]
    : [];
}
