import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { COMMANDS } from '../support/documents.ts';
import type { Manifest } from '../support/helm.ts';
import { needing } from '../support/needing.ts';
import { runNode } from '../support/run.ts';
import { upstreamNeed } from '../support/upstream.ts';
import { call, mustApply, read } from './support/api.ts';
import { type ControlPlane, startControlPlane } from './support/control-plane.ts';
import { gatewayApiStandard, install, metacontroller } from './support/crds.ts';
import { helm } from './support/helm-release.ts';

/** These tests run the steps of migration.md and uninstall.md that would cause an outage if the pages were wrong. */
let cluster: ControlPlane;
beforeAll(async () => {
  cluster = await startControlPlane();
  await install(cluster.api, gatewayApiStandard());
}, 180_000);
afterAll(() => cluster?.stop());

const DEPLOYMENT = '/apis/apps/v1/namespaces/agents/deployments';
const NAMES = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'agent-gateway', namespace: 'agents' } };

interface Managed extends Manifest {
  readonly metadata: Manifest['metadata'] & { readonly managedFields: readonly { readonly manager: string }[] };
  readonly spec: PodSpec;
}

interface PodSpec {
  readonly template: { readonly spec: { readonly containers: readonly [{ readonly env: readonly EnvVar[] }] } };
}

interface EnvVar {
  readonly name: string;
  readonly value?: string;
}

describe('the old manager in managedFields', () => {
  let answered: Managed;
  beforeAll(async () => {
    await mustApply(cluster.api, [{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'agents' } }]);
    const { stdout } = await runNode(['webhooks/command/main.ts', 'render', 'examples/agent-gateway/one-gateway.yaml']);
    const objects: Managed[] = parseAllDocuments(stdout).map((document) => document.toJS());
    const deployment = objects.find(({ kind }) => kind === 'Deployment');
    expect(deployment?.metadata).toMatchObject(NAMES.metadata);
    answered = deployment as Managed;
    const body = withEnv({ name: 'OLD', value: '1' });
    const { status } = await call(cluster.api, 'POST', `${DEPLOYMENT}?fieldManager=manager`, { body });
    expect(status).toBe(201);
  });

  it('keeps removed variables until it is removed as the page says', async () => {
    await mustApply(cluster.api, [withEnv({ name: 'OLD', value: '1' })]);
    await mustApply(cluster.api, [answered]);
    expect(await env()).toContain('OLD');
    await mustApply(cluster.api, [withEnv({ name: 'OLD', value: '1' })]);
    const index = (await managers()).indexOf('manager');
    expect((await patch(index === 0 ? 1 : 0)).status).toBe(422);
    expect((await patch(index)).status).toBe(200);
    await mustApply(cluster.api, [answered]);
    expect({ env: await env(), managers: await managers() }).toEqual({
      env: expect.not.arrayContaining(['OLD']),
      managers: ['metacontroller'],
    });
  });

  it('is replaced by before-first-apply if the list is emptied', async () => {
    const body = { metadata: { managedFields: [{}] } };
    await call(cluster.api, 'PATCH', `${DEPLOYMENT}/agent-gateway`, { body, contentType: MERGE_PATCH });
    await mustApply(cluster.api, [answered]);
    expect(await managers()).toContain('before-first-apply');
  });

  const MERGE_PATCH = 'application/merge-patch+json';

  function withEnv(variable: EnvVar): Managed {
    const { template } = answered.spec;
    const [container] = template.spec.containers;
    const containers = [{ ...container, env: [...container.env, variable] }] as const;
    return {
      ...answered,
      spec: { ...answered.spec, template: { ...template, spec: { ...template.spec, containers } } },
    };
  }

  const stored = async () => (await read(cluster.api, NAMES)) as unknown as Managed;
  const env = async () => (await stored()).spec.template.spec.containers[0].env.map(({ name }) => name);
  const managers = async () => (await stored()).metadata.managedFields.map(({ manager }) => manager);

  /** Sends the patch of the page for the entry at this index. */
  function patch(index: number) {
    const command = COMMANDS.find(({ args }) => args.includes('patch') && args.includes('agent-gateway'));
    const text = command?.args.find((arg) => arg.startsWith('--patch='))?.slice('--patch='.length) ?? '';
    const body = JSON.parse(text.replaceAll('/managedFields/0', `/managedFields/${index}`));
    return call(cluster.api, 'PATCH', `${DEPLOYMENT}/agent-gateway`, { body, contentType: JSON_PATCH });
  }
  const JSON_PATCH = 'application/json-patch+json';
});

describe('a Gateway of another chart', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'another-chart-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const gateway = {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'Gateway',
    metadata: { name: 'kaos-gateway', namespace: 'kaos-system' },
    spec: { gatewayClassName: 'any', listeners: [{ name: 'http', port: 80, protocol: 'HTTP' }] },
  };

  beforeAll(async () => {
    mkdirSync(path.join(folder, 'templates'));
    writeFileSync(path.join(folder, 'Chart.yaml'), 'apiVersion: v2\nname: kaos-operator\nversion: 0.1.0\n');
    const template = `{{- if .Values.enabled }}\n${JSON.stringify(gateway)}\n{{- end }}\n`;
    writeFileSync(path.join(folder, 'templates/gateway.yaml'), template);
    await mustApply(cluster.api, [{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'kaos-system' } }]);
    await another('install', true);
  });

  const another = (verb: 'install' | 'upgrade', enabled: boolean) =>
    helm(cluster, verb, 'kaos-operator', folder, '--namespace', 'kaos-system', '--set', `enabled=${enabled}`);

  it('stays with the annotation if its chart disables it, and is deleted without the annotation', async () => {
    const uid = (await read(cluster.api, gateway))?.metadata;
    await annotate('keep');
    await another('upgrade', false);
    expect((await read(cluster.api, gateway))?.metadata).toMatchObject({ uid: (uid as { uid?: string }).uid });
    await another('upgrade', true);
    await annotate(null);
    await another('upgrade', false);
    expect(await read(cluster.api, gateway)).toBeUndefined();
  });

  async function annotate(policy: string | null): Promise<void> {
    expect(COMMANDS.flatMap(({ args }) => args)).toContain('helm.sh/resource-policy=keep');
    const gateways = '/apis/gateway.networking.k8s.io/v1/namespaces/kaos-system/gateways';
    const body = { metadata: { annotations: { 'helm.sh/resource-policy': policy } } };
    const contentType = 'application/merge-patch+json';
    expect((await call(cluster.api, 'PATCH', `${gateways}/kaos-gateway`, { body, contentType })).status).toBe(200);
  }
});

const METACONTROLLER = metacontroller();
needing(upstreamNeed(METACONTROLLER.length > 0)).describe('an AgentGatewayClass that already exists', () => {
  const KRAKEND = {
    apiVersion: 'runtime.agentic-layer.ai/v1alpha1',
    kind: 'AgentGatewayClass',
    metadata: { name: 'krakend' },
    spec: { controller: 'runtime.agentic-layer.ai/agent-gateway-krakend-controller' },
  };
  const charted = (...flags: readonly string[]) =>
    helm(cluster, 'install', 'agent-gateway-hooks', 'chart', '--namespace', 'kaos-system', ...flags);

  it('makes the install fail unless the release takes ownership of it', async () => {
    await install(cluster.api, METACONTROLLER);
    await charted('--set', 'agentRuntimeCRDs.enabled=true');
    await helm(cluster, 'uninstall', 'agent-gateway-hooks', '--namespace', 'kaos-system');
    await mustApply(cluster.api, [KRAKEND]);
    const command = COMMANDS.find(
      ({ page, args }) => page === 'docs/uninstall.md' && args.includes('--take-ownership'),
    );
    const flags = command?.args.slice(command.args.indexOf('--set')) ?? [];
    await expect(charted(...flags.filter((flag) => flag !== '--take-ownership'))).rejects.toThrow('AgentGatewayClass');
    await charted(...flags);
    const labels = (await read(cluster.api, KRAKEND))?.metadata as { labels?: Record<string, string> } | undefined;
    expect(labels?.labels).toMatchObject({ 'app.kubernetes.io/managed-by': 'Helm' });
  });
});
