import type { ModuleName } from '../cluster/support/modules.ts';
import type { PartName } from '../cluster/support/parts.ts';

/** The programs that the playground builds or finds. */
export const USED_PARTS: readonly PartName[] = [
  'etcd',
  'kube-apiserver',
  'kube-controller-manager',
  'helm',
  'envoy-gateway',
  'envoy',
];

/** The modules whose files it reads. */
export const USED_MODULES: readonly ModuleName[] = ['sigs.k8s.io/gateway-api@v1.7.0'];
