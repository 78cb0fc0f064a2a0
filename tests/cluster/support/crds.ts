import { readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseAllDocuments } from 'yaml';
import { filesIn } from '../../../webhooks/evaluate/files.ts';
import type { Manifest } from '../../support/helm.ts';
import { ROOT } from '../../support/run.ts';
import { upstreamFile } from '../../support/upstream.ts';
import { type Api, mustApply, read } from './api.ts';
import { moduleObjects } from './modules.ts';

export const gatewayApiExperimental = () =>
  moduleObjects('sigs.k8s.io/gateway-api@v1.3.0', 'config/crd/experimental', 'gateway.networking');

export const gatewayApiStandard = () =>
  moduleObjects('sigs.k8s.io/gateway-api@v1.7.0', 'config/crd/standard', 'gateway.networking');

/** The definitions of the policies that are written beside routes. */
/** The policies that Envoy Gateway takes beside a route. */
export const envoyGateway = () =>
  ['securitypolicies', 'backendtrafficpolicies'].flatMap((kind) =>
    moduleObjects(
      'github.com/envoyproxy/gateway@v1.9.1',
      'charts/gateway-helm/charts/crds/crds/generated',
      `gateway.envoyproxy.io_${kind}`,
    ),
  );

/** The same of agentgateway, with its backends. */
export const agentgateway = () =>
  moduleObjects(
    'github.com/agentgateway/agentgateway@v1.4.1',
    'controller/install/helm/agentgateway-crds/templates',
    'agentgateway.dev_agentgateway',
  );

export const certManager = () =>
  moduleObjects('github.com/cert-manager/cert-manager@v1.21.2', 'deploy/crds', 'cert-manager.io');

export const prometheusOperator = () =>
  moduleObjects(
    'github.com/prometheus-operator/prometheus-operator@v0.85.0',
    'example/prometheus-operator-crd',
    'monitoring.coreos.com_',
  );

/**
 * The CRDs of KAOS and the agent runtime, if their files are on this machine. Otherwise our CRDs of the agent runtime,
 * and none of KAOS.
 */
export function upstream(): Manifest[] {
  const agentRuntime = upstreamObjects([
    'runtime.agentic-layer.ai_agentgatewayclasses.yaml',
    'runtime.agentic-layer.ai_agentgateways.yaml',
    'runtime.agentic-layer.ai_agents.yaml',
  ]);
  const kaos = upstreamObjects(['kaos.tools_agents.yaml', 'kaos.tools_mcpservers.yaml', 'kaos.tools_modelapis.yaml']);
  return [...kaos, ...(agentRuntime.length > 0 ? agentRuntime : ours('agent-runtime-crds'))];
}

export const metacontroller = () => upstreamObjects(['metacontroller.k8s.io.yaml']);

function upstreamObjects(files: readonly string[]): Manifest[] {
  return files.flatMap((file) => documents(upstreamFile(`crds/${file}`) ?? ''));
}

/** The CRDs of a subchart. */
export function ours(chart: 'agent-runtime-crds' | 'kaos-crds'): Manifest[] {
  return filesIn(path.join(ROOT, 'chart/charts', chart, 'crds')).flatMap((file) =>
    documents(readFileSync(file, 'utf8')),
  );
}

/** Kinds of these objects that have no CRD here, such as `Agent of kaos.tools`. */
export function undefinedKinds(objects: readonly Manifest[], definitions: readonly Manifest[]): string[] {
  const defined = new Set(definitions.map(({ spec }) => kindOf(spec as DefinitionSpec)));
  const kinds = objects.map(({ apiVersion, kind }) => ({ group: apiVersion.split('/')[0] ?? '', names: { kind } }));
  return [...new Set(kinds.map(kindOf))].filter((kind) => !defined.has(kind));
}

interface DefinitionSpec {
  readonly group: string;
  readonly names: { readonly kind: string };
}

const kindOf = ({ group, names }: DefinitionSpec) => `${names.kind} of ${group}`;

function documents(text: string): Manifest[] {
  return parseAllDocuments(text)
    .map((document) => document.toJS())
    .filter((object) => object !== null);
}

/** Applies CRDs and waits until the server serves them all. */
export async function install(api: Api, definitions: readonly Manifest[]): Promise<void> {
  await mustApply(api, definitions);
  for (const definition of definitions.filter(({ kind }) => kind === 'CustomResourceDefinition')) {
    while (!isEstablished(await read(api, definition))) {
      await sleep(50);
    }
  }
}

function isEstablished(definition: Manifest | undefined): boolean {
  const status = definition?.['status'] as { readonly conditions?: readonly Condition[] } | undefined;
  return (status?.conditions ?? []).some(({ type, status }) => type === 'Established' && status === 'True');
}

interface Condition {
  readonly type: string;
  readonly status: string;
}
