import type { KaosRuntimeSettings, PodPolicy } from '../../settings.ts';

/**
 * The administrator's policy for a pod. What other settings ask for is permitted, too: the Secret that they name, and the account
 * that this service makes for the pod.
 */
export function policyOf(
  { podPolicy, modelApiMasterKeySecret }: KaosRuntimeSettings,
  account: string | undefined,
): PodPolicy {
  return {
    ...podPolicy,
    secrets: withName(podPolicy.secrets, modelApiMasterKeySecret),
    serviceAccounts: withName(podPolicy.serviceAccounts, account),
  };
}

/** An empty list permits what the fields of KAOS and the settings name, so it stays empty. */
function withName(names: readonly string[], name: string | undefined): readonly string[] {
  return name === undefined || names.length === 0 ? names : [...names, name];
}
