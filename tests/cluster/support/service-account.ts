import { type Api, call, mustApply } from './api.ts';

interface Account {
  readonly name: string;
  readonly namespace: string;
}

/** A rule of a Role. */
interface Rule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
}

/** Makes a service account with its namespace, and returns a token for it. */
export async function serviceAccountToken(api: Api, { name, namespace }: Account): Promise<string> {
  await mustApply(api, [
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } },
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name, namespace } },
  ]);
  return requestToken(api, { name, namespace });
}

/** A token of an existing service account, as the kubelet requests it for a projected volume with this audience and lifetime. */
export async function requestToken(api: Api, { name, namespace }: Account, spec: object = {}): Promise<string> {
  const { body } = await call(api, 'POST', `/api/v1/namespaces/${namespace}/serviceaccounts/${name}/token`, {
    body: { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', spec },
  });
  return (body as { readonly status: { readonly token: string } }).status.token;
}

/** The API as a user who has only these rights, in one namespace. */
export async function asUser(api: Api, account: Account, rules: readonly Rule[]): Promise<Api> {
  const token = await serviceAccountToken(api, account);
  const metadata = { name: account.name, namespace: account.namespace };
  const rbac = 'rbac.authorization.k8s.io';
  await mustApply(api, [
    { apiVersion: `${rbac}/v1`, kind: 'Role', metadata, rules },
    {
      apiVersion: `${rbac}/v1`,
      kind: 'RoleBinding',
      metadata,
      roleRef: { apiGroup: rbac, kind: 'Role', name: account.name },
      subjects: [{ kind: 'ServiceAccount', ...account }],
    },
  ]);
  return { ...api, token };
}
