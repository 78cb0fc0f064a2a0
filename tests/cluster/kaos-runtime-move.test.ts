import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import type { Manifest } from '../support/helm.ts';
import { KUBECTL_NEED } from '../support/kubectl.ts';
import { needing } from '../support/needing.ts';
import { runNode } from '../support/run.ts';
import { upstreamNeed } from '../support/upstream.ts';
import { call, mustApply, read } from './support/api.ts';
import { type ControlPlane, startControlPlane } from './support/control-plane.ts';
import { gatewayApiStandard, install, metacontroller, upstream } from './support/crds.ts';
import { helm } from './support/helm-release.ts';
import { ofPage, runAll, runPrinted } from './support/page-steps.ts';

const METACONTROLLER = metacontroller();
const KAOS = upstream().filter(({ metadata }) => metadata.name.endsWith('.kaos.tools'));
const NAMESPACE = 'kaos-system';
const REGISTRY = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'kaos-mcp-runtimes', namespace: NAMESPACE } };
const AGENT = { apiVersion: 'kaos.tools/v1alpha1', kind: 'Agent', metadata: { name: 'desk', namespace: 'support' } };

/** The tests run the steps of kaos-runtime.md with a small chart in place of the KAOS operator's chart. */
needing(upstreamNeed(METACONTROLLER.length > 0 && KAOS.length > 0), KUBECTL_NEED).describe(
  'a cluster of the KAOS operator',
  () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'kaos-operator-'));
    let cluster: ControlPlane;
    let children: Manifest[];

    beforeAll(async () => {
      cluster = await startControlPlane();
      await install(cluster.api, [...METACONTROLLER, ...gatewayApiStandard(), ...KAOS]);
      await mustApply(cluster.api, [NAMESPACE, 'support'].map(namespace));
      writeOperatorChart(folder);
      await helm(cluster, 'install', 'kaos-operator', folder, '--namespace', NAMESPACE);
      await helm(cluster, 'install', 'agent-gateway-hooks', 'chart', '--namespace', NAMESPACE);
      children = await childrenOfKaos();
    }, 180_000);
    afterAll(async () => {
      await cluster?.stop();
      rmSync(folder, { recursive: true });
    });

    it('gets our CRDs over its own, and loses no resource', async () => {
      const { metadata } = (await read(cluster.api, AGENT)) ?? {};
      runAll(cluster, ofPage('apply', '--force-conflicts'));
      expect((await read(cluster.api, AGENT))?.metadata).toMatchObject({ uid: uidOf(metadata) });
      const status = { phase: 'Ready', observedGeneration: 1, gatewayAddress: 'http://gateway.example.com' };
      const { body } = await call(
        cluster.api,
        'PATCH',
        '/apis/kaos.tools/v1alpha1/namespaces/support/agents/desk/status',
        {
          body: { status },
          contentType: 'application/merge-patch+json',
        },
      );
      expect(body).toMatchObject({ status });
    });

    it('gets its children labelled with the uids of their resources, without a rollout', async () => {
      const printed = runAll(cluster, ofPage('get', 'jsonpath='));
      const lines = printed.trim().split('\n');
      expect(lines).toHaveLength(children.length);
      runPrinted(cluster, printed);
      for (const child of children) {
        const { metadata, spec } = (await read(cluster.api, child)) as Manifest & { readonly spec?: object };
        const [owner] = (metadata as { ownerReferences?: { uid: string }[] }).ownerReferences ?? [];
        expect(metadata).toMatchObject({ labels: { 'controller-uid': owner?.uid } });
        expect(JSON.stringify(spec ?? {})).not.toContain('controller-uid');
      }
    });

    it('gives its registry of runtimes only to a release that takes ownership of it', async () => {
      const [upgrade] = ofPage('upgrade', '--take-ownership');
      const flags = upgrade?.args.filter((arg) => arg !== '--take-ownership') ?? [];
      await expect(helm(cluster, ...flags)).rejects.toThrow(/kaos-mcp-runtimes.*(cannot be imported|ownership)/s);
      await helm(cluster, ...(upgrade?.args ?? []));
      expect(JSON.stringify(await read(cluster.api, REGISTRY))).toContain('MCP_TOOLS_STRING');
    });

    it('keeps the children on the way back, and gets the registry from the KAOS chart again', async () => {
      const [off] = ofPage('upgrade', 'kaosRuntime.enabled=false');
      await helm(cluster, ...(off?.args ?? []));
      expect(await read(cluster.api, REGISTRY)).toBeUndefined();
      expect((await Promise.all(children.map((child) => read(cluster.api, child)))).filter(Boolean)).toHaveLength(
        children.length,
      );
      await helm(cluster, 'upgrade', 'kaos-operator', folder, '--namespace', NAMESPACE);
      expect(await read(cluster.api, REGISTRY)).toBeDefined();
    });

    it('keeps the registry in the release that took it over if the KAOS chart is uninstalled', async () => {
      const [upgrade] = ofPage('upgrade', '--take-ownership');
      const [uninstall] = ofPage('uninstall', 'kaos-operator');
      await helm(cluster, ...(upgrade?.args ?? []));
      // helm exits with 0 and prints a warning.
      await expect(helm(cluster, ...(uninstall?.args ?? []))).rejects.toThrow(
        /ended with 0: .*not owned by this release/,
      );
      expect(JSON.stringify(await read(cluster.api, REGISTRY))).toContain('MCP_TOOLS_STRING');
    });

    /** Creates what the operator would create for the example, each child owned by its resource. */
    async function childrenOfKaos(): Promise<Manifest[]> {
      const example = 'examples/kaos-runtime/team.yaml';
      runAll(cluster, [{ program: 'kubectl', args: ['apply', '--filename', example] }]);
      const { stdout } = await runNode(['webhooks/command/main.ts', 'render', '--kaos-runtime', example]);
      const made = parseAllDocuments(stdout).map((document): Manifest => document.toJS());
      const owned = made.filter(({ kind }) => ['Deployment', 'Service', 'ConfigMap'].includes(kind));
      return Promise.all(owned.map(withOwner));
    }

    async function withOwner(child: Manifest): Promise<Manifest> {
      const labels = (child.metadata as { labels?: Record<string, string> }).labels ?? {};
      const kind = ['Agent', 'ModelAPI', 'MCPServer'].find((one) => one.toLowerCase() === labels['app']) ?? '';
      const owner = { ...AGENT, kind, metadata: { name: labels[kind.toLowerCase()] ?? '', namespace: 'support' } };
      const { apiVersion, metadata } = (await read(cluster.api, owner)) as Manifest;
      const reference = { apiVersion, kind, name: metadata.name, uid: uidOf(metadata), controller: true };
      const made = { ...child, metadata: { ...child.metadata, ownerReferences: [reference] } };
      await mustApply(cluster.api, [made]);
      return made;
    }
  },
);

const namespace = (name: string) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
const uidOf = (metadata: object | undefined) => (metadata as { readonly uid?: string } | undefined)?.uid;

function writeOperatorChart(folder: string): void {
  mkdirSync(path.join(folder, 'templates'));
  writeFileSync(path.join(folder, 'Chart.yaml'), 'apiVersion: v2\nname: kaos-operator\nversion: 0.1.0\n');
  const registry = { ...REGISTRY, data: { 'runtimes.yaml': 'runtimes: {}' } };
  writeFileSync(path.join(folder, 'templates/registry.yaml'), JSON.stringify(registry));
}
