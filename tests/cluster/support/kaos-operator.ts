import { createHash } from 'node:crypto';
import type { Manifest } from '../../support/helm.ts';
import { type Api, call, pathOf, read, type Stored } from './api.ts';
import { GO_OPERATOR, ownedBy } from './go-operators.ts';
import { operatorsPod } from './kaos-operator-pods.ts';
import { create } from './objects.ts';

const HASH = 'kaos.tools/pod-spec-hash';

/** What the versions of the operator do differently. */
export interface OperatorVersion {
  readonly children: (parent: Stored) => readonly Manifest[];
  /** By the resource and its Deployment. */
  readonly status: (parent: Stored, deployment: Stored | undefined) => object;
}

interface Workload extends Manifest {
  readonly spec: { readonly template: PodTemplate };
}

interface PodTemplate {
  readonly metadata: { readonly annotations: Readonly<Record<string, string>> };
}

/**
 * Reconciles a resource as the KAOS operator does: adds its finalizer, creates missing children, replaces a changed pod
 * template or configuration as a whole, and writes the status. https://github.com/axsaucedo/kaos
 */
export async function operatorsPass(
  api: Api,
  resource: Manifest,
  version: OperatorVersion = { children: operatorsChildren, status: operatorsStatus },
): Promise<readonly Stored[]> {
  const parent = await withFinalizer(api, (await read(api, resource)) as Stored);
  const children = await Promise.all(version.children(parent).map((child) => settled(api, child)));
  const status = version.status(parent, children[0]);
  await update(api, { ...((await read(api, resource)) as Stored), status }, '/status');
  return children;
}

/** The pod template of a Deployment, with KAOS's hash. */
export function operatorsTemplate(labels: object, podSpec: object): object {
  const annotations = { [HASH]: createHash('sha256').update(JSON.stringify(podSpec)).digest('hex').slice(0, 16) };
  return { metadata: { labels, annotations }, spec: podSpec };
}

/** The children that the operator makes for a resource. */
export function operatorsChildren(parent: Stored): Manifest[] {
  const { name } = parent.metadata;
  const type = parent.kind.toLowerCase();
  const labels = { app: type, [type]: name };
  const of = (apiVersion: string, kind: string, child: string): Manifest => ({
    apiVersion,
    kind,
    metadata: { ...ownedBy(parent, child), labels } as Manifest['metadata'],
  });
  const template = operatorsTemplate(labels, operatorsPod(parent));
  const ports = [{ name: 'http', port: 8000, targetPort: 8000, protocol: 'TCP' }];
  const spec = { replicas: 1, selector: { matchLabels: labels }, template };
  const models = '  - model_name: "openai/gpt-4o"\n    litellm_params:\n      model: "openai/gpt-4o"\n';
  const config = { 'config.yaml': `# auto-generated\nmodel_list:\n${models}` };
  return [
    { ...of('apps/v1', 'Deployment', `${type}-${name}`), spec },
    { ...of('v1', 'Service', `${type}-${name}`), spec: { type: 'ClusterIP', selector: labels, ports } },
    ...(type === 'modelapi' ? [{ ...of('v1', 'ConfigMap', `litellm-config-${name}`), data: config }] : []),
  ];
}

/** A MemoryStore gets no finalizer. */
async function withFinalizer(api: Api, parent: Stored): Promise<Stored> {
  if (parent.kind === 'MemoryStore') {
    return parent;
  }
  const finalizers = [`kaos.tools/${parent.kind.toLowerCase()}-finalizer`];
  return update(api, { ...parent, metadata: { ...parent.metadata, finalizers } as Stored['metadata'] });
}

async function settled(api: Api, child: Manifest): Promise<Stored> {
  const stored = await read(api, child);
  if (stored === undefined) {
    return create(api, child, GO_OPERATOR);
  }
  if (child.kind === 'ConfigMap') {
    return update(api, { ...stored, data: child['data'] } as Stored);
  }
  return hashOf(stored) === hashOf(child) ? stored : update(api, withTemplateOf(stored, child));
}

/** The operator replaces the whole spec of a MemoryStore's Deployment, and else the pod template. */
function withTemplateOf(stored: Stored, child: Manifest): Stored {
  const { spec } = child as Workload;
  if (child.metadata.name.startsWith('memorystore-')) {
    return { ...stored, spec } as Stored;
  }
  const { template } = spec;
  return { ...stored, spec: { ...(stored as unknown as Workload).spec, template } };
}

/** The hash of the pod template; undefined for objects without pods. */
function hashOf(child: Manifest): string | undefined {
  return child.kind === 'Deployment' ? (child as Workload).spec.template.metadata.annotations[HASH] : undefined;
}

export function operatorsStatus({ kind, metadata }: Stored, deployment: Stored | undefined): object {
  const { readyReplicas = 0 } = (deployment?.['status'] ?? {}) as { readonly readyReplicas?: number };
  const service = `${kind.toLowerCase()}-${metadata.name}.${metadata.namespace}`;
  return {
    phase: readyReplicas > 0 ? 'Ready' : 'Pending',
    ready: readyReplicas > 0,
    endpoint: `http://${service}.svc.cluster.local:8000`,
    message: `Deployment ready replicas: ${readyReplicas}/1`,
  };
}

async function update(api: Api, object: Stored, subresource = ''): Promise<Stored> {
  const path = `${await pathOf(api, object)}${subresource}?fieldManager=${GO_OPERATOR}`;
  const { status, body } = await call(api, 'PUT', path, { body: object });
  if (status !== 200) {
    throw new Error(`${status}: ${JSON.stringify(body)}`);
  }
  return body as Stored;
}
