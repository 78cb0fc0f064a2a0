import { parseAllDocuments } from 'yaml';
import { controllers } from '../../controllers/registry.ts';
import { filesIn } from '../../webhooks/evaluate/files.ts';
import { readDocument } from './documents.ts';
import { helm, type Manifest } from './helm.ts';
import type { KubectlFlags, Target } from './kubectl-command.ts';
import { renderFiles } from './rendering.ts';
import { ROOT } from './run.ts';

/** An object that documents may name. */
export interface KnownObject {
  /** Such as `deployments.apps` or `configmaps`. */
  readonly resource: string;
  readonly namespace: string | undefined;
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
}

const groupOf = (apiVersion: string) => (apiVersion.includes('/') ? `.${apiVersion.split('/')[0]}` : '');

/** The resources that documents may name, with their kinds: those of our controllers and some of Kubernetes. */
const RESOURCES: ReadonlyMap<string, string> = new Map([
  ...controllers
    .flatMap(({ parents, children, related }) => [...parents, ...children, ...related])
    .map(({ apiVersion, kind, resource }) => [`${resource}${groupOf(apiVersion)}`, kind] as const),
  ['accessgrants.kaos.tools', 'AccessGrant'],
  ['compositecontrollers.metacontroller.k8s.io', 'CompositeController'],
  ['customresourcedefinitions.apiextensions.k8s.io', 'CustomResourceDefinition'],
  ['decoratorcontrollers.metacontroller.k8s.io', 'DecoratorController'],
  ['events', 'Event'],
  ['gateways.gateway.networking.k8s.io', 'Gateway'],
  ['namespaces', 'Namespace'],
  ['pods', 'Pod'],
  ['replicasets.apps', 'ReplicaSet'],
  ['statefulsets.apps', 'StatefulSet'],
]);

const KRAKEND_OPERATOR = 'agent-gateway-krakend-operator';
/** Objects that other systems install, and the CRDs. */
const ELSEWHERE: readonly KnownObject[] = [
  { resource: 'statefulsets.apps', namespace: 'metacontroller', name: 'metacontroller', labels: {} },
  { resource: 'deployments.apps', namespace: 'kaos-system', name: 'kaos-operator-controller-manager', labels: {} },
  {
    resource: 'deployments.apps',
    namespace: `${KRAKEND_OPERATOR}-system`,
    name: `${KRAKEND_OPERATOR}-controller-manager`,
    labels: {},
  },
  ...[...RESOURCES.keys()].map((name) => ({
    resource: 'customresourcedefinitions.apiextensions.k8s.io',
    namespace: undefined,
    name,
    labels: {},
  })),
];

const VALUES = [
  'gatewayAPI.enabled=true',
  'gatewayAPI.createGateway=true',
  'gatewayAPI.gatewayClassName=envoy-gateway',
  'agentGateway.enabled=true',
  'agentRoutes.enabled=true',
  'kaosRuntime.enabled=true',
  'gatewayAPI.accessDialect=envoy-gateway',
  'accessRules.default=allow',
].flatMap((value) => ['--set', value]);

/** The objects of the chart as documents install it, with all features. */
export function chartOfDocuments(): readonly Manifest[] {
  return parse(helm('template', 'agent-gateway-hooks', 'chart', '--namespace', 'kaos-system', ...VALUES).stdout);
}

/** Every object that a document may name: those of the chart, the examples and their children. */
export function knownObjects(): readonly KnownObject[] {
  const examples = filesIn(`${ROOT}/examples`).filter((file) => file.endsWith('.yaml'));
  const rendered = renderFiles(
    '--kaos-runtime',
    '--agent-routes',
    '--security-agent-auth-identity-provider=serviceaccount',
    '--access-rules-file=tests/support/guard-all.yaml',
    '--access-dialect=envoy-gateway',
    ...examples,
  );
  const texts = [rendered.stdout, ...examples.map((file) => readDocument(file.slice(ROOT.length + 1)))];
  return [...ELSEWHERE, ...[...chartOfDocuments(), ...texts.flatMap(parse)].flatMap(known)];
}

function parse(text: string): Manifest[] {
  return parseAllDocuments(text).flatMap((document) => document.toJS() ?? []);
}

interface Labelled {
  readonly metadata?: { readonly labels?: Readonly<Record<string, string>>; readonly name?: string };
}

/** The object itself, and the pods and ReplicaSets of a Deployment. */
function known(manifest: Manifest): KnownObject[] {
  const { apiVersion, kind, metadata } = manifest;
  const { name, namespace } = metadata;
  const isOf = ([resource, one]: [string, string]) => one === kind && resource.endsWith(groupOf(apiVersion));
  const labelsOf = (labelled: Labelled | undefined) => labelled?.metadata?.labels ?? {};
  const itself = [...RESOURCES]
    .filter(isOf)
    .map(([resource]) => ({ resource, namespace, name, labels: labelsOf(manifest) }));
  const { template } = (manifest['spec'] ?? {}) as { readonly template?: Labelled };
  const made = template === undefined ? [] : ['pods', 'replicasets.apps'];
  return [...itself, ...made.map((resource) => ({ resource, namespace, name: '', labels: labelsOf(template) }))];
}

/** Why a kubectl call would not find its target; undefined if it would. */
export function whyUnknown(
  objects: readonly KnownObject[],
  { type, name }: Target,
  flags: KubectlFlags,
): string | undefined {
  const resource = resourceOf(type);
  if (resource === undefined) {
    return `there is no type ${type}`;
  }
  const { namespace, selector } = flags;
  if (name === undefined && selector === undefined) {
    return undefined;
  }
  const isNamed = (object: KnownObject) =>
    object.resource === resource &&
    (name === undefined || object.name === name) &&
    (flags['all-namespaces'] === true || object.namespace === namespace);
  const wanted = selectedBy(selector).filter(
    (labels) => !objects.filter(isNamed).some((object) => labels === undefined || hasLabel(object, labels)),
  );
  return wanted.length > 0 ? `there is no ${type} ${namespace}/${name} ${selector ?? ''}` : undefined;
}

/** The resource that a type names. Custom resources need their group: KAOS and the agent runtime both have `agents`. */
function resourceOf(type: string): string | undefined {
  return [...RESOURCES.keys()].find((resource) => {
    const [plural, group] = resource.split('.', 2);
    const isShort = group === undefined || group === 'apps';
    return type === resource || (isShort && (type === plural || `${type}s` === plural));
  });
}

/** A label, with any value if it is undefined. */
type Label = readonly [string, string | undefined];

/** The labels of `app=agent`, `app` or `app in (agent,mcpserver)`, each of which an object must have; undefined matches any object. */
function selectedBy(selector: string | undefined): readonly (Label | undefined)[] {
  const [, label = '', equal, list] = /^([\w./-]+)(?:=(\S+)| in \((.*)\))?$/.exec(selector ?? '') ?? [];
  return selector === undefined ? [undefined] : (list?.split(',') ?? [equal]).map((value) => [label, value] as const);
}

function hasLabel({ labels }: KnownObject, [label, value]: Label): boolean {
  return value === undefined ? label in labels : labels[label] === value;
}
