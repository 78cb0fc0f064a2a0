import type { Manifest } from '../../support/helm.ts';
import type { Stored } from './api.ts';
import { ownedBy } from './go-operators.ts';
import { isLocal, podOf08 } from './kaos-0.8-pods.ts';
import { type OperatorVersion, operatorsStatus, operatorsTemplate } from './kaos-operator.ts';

/**
 * The KAOS operator 0.8 as far as its source is known: what it makes for each kind, with identities of its provider
 * `serviceaccount`, which its chart sets. Policies for the network and the Gateway are not here: hooks make none of their kinds.
 */
export const VERSION_0_8: OperatorVersion = { children: children08, status: status08 };

/** The children that the operator makes for a resource; the Deployment is the first. */
function children08(parent: Stored): readonly Manifest[] {
  const { name } = parent.metadata;
  const type = parent.kind.toLowerCase();
  const labels = { app: type, [type]: name };
  const own = `${type}-${name}`;
  const of = (apiVersion: string, kind: string, child: string): Manifest => ({
    apiVersion,
    kind,
    metadata: { ...ownedBy(parent, child), labels } as Manifest['metadata'],
  });
  const port = portOf(parent);
  const ports = [{ name: 'http', port, targetPort: port, protocol: 'TCP' }];
  const replicas = parent.kind === 'MemoryStore' && !isLocal(specOf(parent)) ? 2 : 1;
  const spec = { replicas, selector: { matchLabels: labels }, template: operatorsTemplate(labels, podOf08(parent)) };
  return [
    { ...of('apps/v1', 'Deployment', own), spec },
    { ...of('v1', 'Service', own), spec: { type: 'ClusterIP', selector: labels, ports } },
    ...(type === 'modelapi' && port === 8000
      ? [{ ...of('v1', 'ConfigMap', `litellm-config-${name}`), data: CONFIG }]
      : []),
    ...(type === 'agent' ? [account(parent)] : []),
    ...(type === 'memorystore' ? [storage(parent, of)] : []),
  ];
}

const CONFIG = { 'config.yaml': '# auto-generated\nmodel_list:\n  - model_name: "openai/gpt-4o"\n' };

function account(parent: Stored): Manifest {
  const { name } = parent.metadata;
  const labels = { 'app.kubernetes.io/managed-by': 'kaos-operator', 'kaos.tools/agent': name };
  const metadata = { ...ownedBy(parent, `kaos-agent-${name}`), labels } as Manifest['metadata'];
  return { apiVersion: 'v1', kind: 'ServiceAccount', metadata, automountServiceAccountToken: false };
}

type Of = (apiVersion: string, kind: string, child: string) => Manifest;

/** A claim for local storage, a budget for a store with several pods. */
function storage(parent: Stored, of: Of): Manifest {
  const { name } = parent.metadata;
  const matchLabels = { app: 'memorystore', memorystore: name };
  return isLocal(specOf(parent))
    ? {
        ...of('v1', 'PersistentVolumeClaim', `memorystore-${name}-data`),
        spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '5Gi' } } },
      }
    : {
        ...of('policy/v1', 'PodDisruptionBudget', `memorystore-${name}`),
        spec: { minAvailable: 1, selector: { matchLabels } },
      };
}

function status08(parent: Stored, deployment: Stored | undefined): object {
  const status = operatorsStatus(parent, deployment) as { readonly endpoint: string };
  return { ...status, endpoint: status.endpoint.replace(/\d+$/, String(portOf(parent))) };
}

function portOf(parent: Stored): number {
  return parent.kind === 'MemoryStore' ? 8080 : specOf(parent).mode === 'Hosted' ? 11_434 : 8000;
}

interface Spec {
  readonly mode?: string;
  readonly storage?: { readonly type: string };
}

function specOf({ spec = {} }: Manifest): Spec {
  return spec as Spec;
}
