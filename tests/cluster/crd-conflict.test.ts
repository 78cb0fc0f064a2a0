import { afterAll, beforeAll, expect, it } from 'vitest';
import { needing } from '../support/needing.ts';
import { upstreamNeed } from '../support/upstream.ts';
import { mustApply } from './support/api.ts';
import { type ControlPlane, startControlPlane } from './support/control-plane.ts';
import { install, metacontroller, upstream } from './support/crds.ts';
import { helm } from './support/helm-release.ts';

const METACONTROLLER = metacontroller();
const RUNTIME = upstream().filter(({ metadata }) => metadata.name.endsWith('.runtime.agentic-layer.ai'));
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

  it('make the install fail if another manager owns some of them', async () => {
    await install(cluster.api, RUNTIME);
    await expect(helm(cluster, ...INSTALL)).rejects.toThrow(/failed to install CRD .*conflict/);
  });
});
