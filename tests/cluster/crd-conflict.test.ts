import { afterAll, beforeAll, expect, it } from 'vitest';
import { needing } from '../support/needing.ts';
import { upstreamNeed } from '../support/upstream.ts';
import { mustApply, read } from './support/api.ts';
import { type ControlPlane, startControlPlane } from './support/control-plane.ts';
import { install, metacontroller, upstream } from './support/crds.ts';
import { helm } from './support/helm-release.ts';

const METACONTROLLER = metacontroller();
const RUNTIME = upstream().filter(({ metadata }) => metadata.name.endsWith('.runtime.agentic-layer.ai'));
const KAOS_ROUTES = {
  apiVersion: 'metacontroller.k8s.io/v1alpha1',
  kind: 'DecoratorController',
  metadata: { name: 'kaos-routes' },
};
const NAMESPACE = 'hooks-system';
const RELEASE = ['hooks', '--namespace', NAMESPACE] as const;
const INSTALL = ['install', ...RELEASE, 'chart', '--set', 'agentRuntimeCRDs.enabled=true'] as const;

needing(upstreamNeed(METACONTROLLER.length > 0)).describe('the CRDs that come with the chart', () => {
  let cluster: ControlPlane;
  beforeAll(async () => {
    cluster = await startControlPlane();
    await install(cluster.api, METACONTROLLER);
    await mustApply(cluster.api, [{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: NAMESPACE } }]);
  }, 180_000);
  afterAll(() => cluster?.stop());

  it('are installed, and again over the CRDs that an uninstall left', async () => {
    await helm(cluster, ...INSTALL);
    await helm(cluster, 'uninstall', ...RELEASE);
    await helm(cluster, ...INSTALL);
    await helm(cluster, 'uninstall', ...RELEASE);
  });

  it('include MemoryStore, and then kaos-routes makes routes for MemoryStores', async () => {
    const brings = ['--set', 'kaosCRDs.enabled=true', '--set', 'gatewayAPI.enabled=true'];
    await helm(cluster, 'install', ...RELEASE, 'chart', ...brings);
    const routes = await read(cluster.api, KAOS_ROUTES);
    await helm(cluster, 'uninstall', ...RELEASE);
    expect(routes?.['spec']).toMatchObject({
      resources: ['agents', 'modelapis', 'mcpservers', 'memorystores'].map((resource) => ({ resource })),
    });
  });

  it('make the install fail if another manager owns some of them', async () => {
    await install(cluster.api, RUNTIME);
    await expect(helm(cluster, ...INSTALL)).rejects.toThrow(/failed to install CRD .*conflict/);
  });
});
