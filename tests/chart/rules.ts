import { one, type Values } from '../support/helm.ts';

export interface Rule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
  readonly resourceNames?: readonly string[];
}

/** Values that add rules. */
export const GATEWAY_ON = { 'gatewayAPI.enabled': 'true' };
export const OFF = { 'kaosRoutes.enabled': 'false' };
export const ENFORCED = { 'metacontroller.role.ownerReferencesPermissionEnforcement': 'true' };
export const ELECTED = { 'metacontroller.role.leaderElection': 'true' };
export const IDENTITY_ON = { 'kaosRuntime.agentAuth.identity.provider': 'serviceaccount' };
export const TLS = { 'tls.enabled': 'true', 'tls.existingSecret': 'certificate' };

const OF_ACCESS = ['gateway.envoyproxy.io/', 'agentgateway.dev/', 'networking.k8s.io/'];

/** Whether a kind is one that controllers have only with access rules. `access-children.test.ts` has the tests of these. */
export const isOfAccess = ({ apiVersion }: { readonly apiVersion: string }) =>
  OF_ACCESS.some((group) => apiVersion.startsWith(group));

/** The rules of Metacontroller's ClusterRole. */
export const rules = (values: Values = {}) => one('ClusterRole', values)['rules'] as readonly Rule[];
