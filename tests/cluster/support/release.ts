import { parseAllDocuments } from 'yaml';
import type { Manifest, Values } from '../../support/helm.ts';
import { read } from './api.ts';
import type { ControlPlane } from './control-plane.ts';
import { helm } from './helm-release.ts';

const NAMESPACE = 'kaos-system';
/** The service account to which the chart binds its role. */
export const SERVICE_ACCOUNT = { name: 'metacontroller', namespace: 'metacontroller' };
const SERVICE_URL = /http:\/\/[-a-z.]+\.svc(?=[/"])/g;
const KINDS = [
  'ValidatingAdmissionPolicy',
  'ValidatingAdmissionPolicyBinding',
  'CompositeController',
  'DecoratorController',
  'ClusterRole',
  'ClusterRoleBinding',
  'AgentGatewayClass',
];

/** The parts of the chart that the tests use, because no container runs here. */
export interface Release {
  /** Its objects for Metacontroller and the API server. Metacontroller calls a service at `url` instead of the chart's. */
  readonly objects: readonly Manifest[];
  /** The environment of the service's pods. */
  readonly settings: Readonly<Record<string, string>>;
}

/** The APIs of the cluster, which `helm template` does not look up. */
const HAS_ROUTES = ['--api-versions', 'gateway.networking.k8s.io/v1/HTTPRoute'];
/** The kinds that KAOS has since 0.8. */
const KAOS_KINDS = ['MemoryStore', 'AccessGrant'];

function definitionOf(kind: string): Manifest {
  const metadata = { name: `${kind.toLowerCase()}s.kaos.tools` };
  return { apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', metadata };
}

async function kindFlags({ api }: ControlPlane): Promise<readonly string[]> {
  const found = await Promise.all(KAOS_KINDS.map((kind) => read(api, definitionOf(kind))));
  const kinds = KAOS_KINDS.filter((_kind, index) => found[index] !== undefined);
  return [...HAS_ROUTES, ...kinds.flatMap((kind) => ['--api-versions', `kaos.tools/v1alpha1/${kind}`])];
}

/** Both controllers, with only the rights that they need. */
const VALUES: Values = {
  'gatewayAPI.enabled': 'true',
  'agentGateway.enabled': 'true',
  'metacontroller.role.bindTo.serviceAccount': SERVICE_ACCOUNT.name,
  'metacontroller.role.bindTo.namespace': SERVICE_ACCOUNT.namespace,
};

export async function release(cluster: ControlPlane, url: string, values: Values = {}): Promise<Release> {
  const flags = Object.entries({ ...VALUES, ...values }).flatMap(([name, value]) => ['--set', `${name}=${value}`]);
  const kinds = await kindFlags(cluster);
  const text = await helm(cluster, 'template', 'hooks', 'chart', '--namespace', NAMESPACE, ...kinds, ...flags);
  const manifests: Manifest[] = parseAllDocuments(text.replaceAll(SERVICE_URL, url)).map((document) => document.toJS());
  return {
    objects: manifests.filter((manifest) => KINDS.includes(manifest?.kind)),
    settings: settingsOf(manifests),
  };
}

interface Pods {
  readonly template: { readonly spec: { readonly containers: readonly Container[] } };
}

interface Container {
  readonly env: readonly { readonly name: string; readonly value: string }[];
}

function settingsOf(manifests: readonly Manifest[]): Record<string, string> {
  const find = (kind: string) => manifests.find((manifest) => manifest?.kind === kind);
  const [container] = (find('Deployment')?.['spec'] as Pods | undefined)?.template.spec.containers ?? [];
  return {
    ...(find('ConfigMap')?.['data'] as Record<string, string>),
    ...Object.fromEntries((container?.env ?? []).map(({ name, value }) => [name, value])),
  };
}
