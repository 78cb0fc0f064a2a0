import { afterAll, beforeAll, expect, it } from 'vitest';
import { needing } from '../support/needing.ts';
import { upstreamNeed } from '../support/upstream.ts';
import { apply, mustApply, read } from './support/api.ts';
import { refusals } from './support/complaints.ts';
import { type ControlPlane, startControlPlane } from './support/control-plane.ts';
import { certManager, gatewayApiExperimental, install, metacontroller, prometheusOperator } from './support/crds.ts';
import { helm, releaseObjects } from './support/helm-release.ts';
import { inventory } from './support/inventory.ts';

const METACONTROLLER = metacontroller();
const NAMESPACE = 'hooks-system';
const RELEASE = 'hooks';

/** The second is Metacontroller's; in the others `everything.values.yaml` has gateways. */
const NAMESPACES = [NAMESPACE, 'metacontroller', 'platform', 'team-a'];

const namespace = (name: string) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } });

/**
 * The CRDs that a cluster has, and the flags of the release. The defaults need only the CRDs of Metacontroller. With
 * everything on, the chart brings the CRDs of the agent runtime.
 */
const RELEASES = [
  ['defaults', () => METACONTROLLER, []],
  [
    'everything on',
    () => [METACONTROLLER, gatewayApiExperimental(), certManager(), prometheusOperator()].flat(),
    ['--values', 'tests/chart/everything.values.yaml'],
  ],
] as const;

needing(upstreamNeed(METACONTROLLER.length > 0)).describe.each(RELEASES)(
  'the chart with %s',
  (_name, definitions, values) => {
    let cluster: ControlPlane;
    let before: string[];
    const inRelease = (...args: readonly string[]) => helm(cluster, ...args, '--namespace', NAMESPACE);

    beforeAll(async () => {
      cluster = await startControlPlane();
      await install(cluster.api, definitions());
      await mustApply(cluster.api, NAMESPACES.map(namespace));
      before = await inventory(cluster.api);
    }, 180_000);
    afterAll(() => cluster?.stop());

    it('is installed, and each of its objects is accepted without a warning', async () => {
      await inRelease('install', RELEASE, 'chart', ...values);
      const objects = await releaseObjects(cluster, RELEASE, NAMESPACE);
      const told = objects.map(async (object) => refusals(object, await apply(cluster.api, object, { dryRun: true })));
      expect((await Promise.all(told)).flat()).toEqual([]);
      expect(await logLevel()).toBe('info');
    });

    it('has notes, which the pod of its test names, that say what to do if the nodes have no image', async () => {
      expect(await inRelease('get', 'notes', RELEASE)).toContain('If they stay in ImagePullBackOff');
      const hooks = await inRelease('get', 'hooks', RELEASE);
      expect(hooks).toContain(`helm get notes ${RELEASE} --namespace ${NAMESPACE}`);
    });

    it('is upgraded', async () => {
      await inRelease('upgrade', RELEASE, 'chart', ...values, '--set', 'logLevel=debug');
      expect(await logLevel()).toBe('debug');
    });

    it('is rolled back', async () => {
      await inRelease('rollback', RELEASE, '1');
      expect(await logLevel()).toBe('info');
    });

    it('is uninstalled, and leaves nothing', async () => {
      expect(await inventory(cluster.api)).not.toEqual(before);
      await inRelease('uninstall', RELEASE);
      expect(await inventory(cluster.api)).toEqual(before);
    });

    /** The log level in the ConfigMap of the service in the cluster. */
    async function logLevel(): Promise<unknown> {
      const objects = await releaseObjects(cluster, RELEASE, NAMESPACE);
      const stored = await Promise.all(objects.map((object) => read(cluster.api, object)));
      const settings = stored.map((object) => (object?.['data'] as Record<string, string> | undefined)?.['LOG_LEVEL']);
      return settings.find((level) => level !== undefined);
    }
  },
);
