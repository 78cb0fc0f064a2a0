import { spawnSync } from 'node:child_process';
import { parseAllDocuments } from 'yaml';
import { needing } from './needing.ts';
import { ROOT } from './run.ts';

const HELM = process.env['HELM'] || 'helm';

/** Helm is not an npm package, so it may be missing. */
export const hasHelm = spawnSync(HELM, ['version']).status === 0;

/** For the tests of the chart. */
export const withHelm = needing({ name: 'HELM', found: hasHelm });

export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly [field: string]: unknown;
}

interface Templated {
  readonly manifests: readonly Manifest[];
  readonly stderr: string;
}

export type Values = Readonly<Record<string, string>>;

/** Flags that make Helm assume a cluster with the Gateway API. */
export const GATEWAY_API = ['--api-versions', 'gateway.networking.k8s.io/v1/HTTPRoute'];

/** Flags that make Helm assume a cluster with the Gateway API and KAOS 0.8. */
export const KAOS_0_8 = [
  ...GATEWAY_API,
  ...['MemoryStore', 'AccessGrant'].flatMap((kind) => ['--api-versions', `kaos.tools/v1alpha1/${kind}`]),
];

/** The objects of `helm install kaos chart --namespace kaos-system` with these values, by default with the Gateway API and KAOS 0.8. */
export function template(values: Values = {}, more: readonly string[] = KAOS_0_8): Templated {
  const asked = JSON.stringify([values, more]);
  const known = templated.get(asked) ?? runTemplate(values, more);
  templated.set(asked, known);
  return known;
}

/** Results of earlier calls: many tests read the same objects, and Helm is slow. */
const templated = new Map<string, Templated>();

function runTemplate(values: Values, more: readonly string[]): Templated {
  const flags = Object.entries(values).flatMap(([name, value]) => ['--set', `${name}=${value}`]);
  const { stdout, stderr } = helm('template', 'kaos', 'chart', '--namespace', 'kaos-system', ...flags, ...more);
  return { manifests: parseAllDocuments(stdout).map((document) => document.toJS()), stderr };
}

export function all(kind: string, values: Values = {}): readonly Manifest[] {
  return template(values).manifests.filter((manifest) => manifest.kind === kind);
}

/** The only object of a kind, or the one with the name; throws if there is none or more than one. */
export function one(kind: string, values: Values = {}, name?: string): Manifest {
  const [manifest, ...others] = all(kind, values).filter(
    ({ metadata }) => name === undefined || metadata.name === name,
  );
  if (manifest === undefined || others.length > 0) {
    throw new Error(`the chart makes ${manifest === undefined ? 'no' : 'more than one'} ${kind} ${name ?? ''}`);
  }
  return manifest;
}

interface Container {
  readonly image: string;
  readonly args: readonly string[];
  readonly env: readonly { readonly name: string; readonly value: string }[];
  readonly envFrom: unknown;
  readonly securityContext: unknown;
  readonly volumeMounts?: readonly { readonly name: string; readonly mountPath: string }[];
}

export interface PodSpec {
  readonly containers: readonly [Container];
  readonly terminationGracePeriodSeconds: number;
  readonly volumes?: readonly { readonly name: string; readonly secret: SecretVolume }[];
}

interface SecretVolume {
  readonly secretName: string;
  readonly items?: readonly { readonly key: string; readonly path: string }[];
}

/** The PodSpec of the Deployment. */
export function pod(values: Values = {}): PodSpec {
  return (one('Deployment', values)['spec'] as { template: { spec: PodSpec } }).template.spec;
}

/** The webhook for one hook of a controller. */
export function webhook(controller: string, hook: string, values: Values = {}): unknown {
  const kind = controller.startsWith('kaos-runtime-') ? 'CompositeController' : 'DecoratorController';
  const { hooks } = one(kind, values, controller)['spec'] as { hooks: Record<string, { webhook: unknown }> };
  return hooks[hook]?.webhook;
}

export function helm(...args: string[]): { readonly stdout: string; readonly stderr: string } {
  return spawnSync(HELM, args, { cwd: ROOT, encoding: 'utf8' });
}
