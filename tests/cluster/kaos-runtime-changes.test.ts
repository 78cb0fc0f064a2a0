import { afterAll, beforeAll, expect, it } from 'vitest';
import type { KubernetesObject } from '../support/gateways.ts';
import type { Manifest } from '../support/helm.ts';
import { mcpServer, modelApi, sync } from '../support/kaos.ts';
import { apply, mustApply, remove, type Stored } from './support/api.ts';
import { type ControlPlane, startControlPlane } from './support/control-plane.ts';

let cluster: ControlPlane;
beforeAll(async () => {
  cluster = await startControlPlane();
  await mustApply(cluster.api, [{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'team' } }]);
}, 180_000);
afterAll(() => cluster?.stop());

const PLAIN = modelApi({ mode: 'Hosted', hostedConfig: { model: 'm' } });
const WITH_GPU = modelApi({
  mode: 'Hosted',
  hostedConfig: { model: 'm' },
  container: { resources: { limits: { 'nvidia.com/gpu': '1' } } },
});

/** Applies the Deployment that the service answers while the API server has another one; returns what is stored then. */
async function next(parent: KubernetesObject, stored: Stored | undefined): Promise<Stored> {
  const children = stored === undefined ? [] : [stored as unknown as KubernetesObject];
  const applied = await apply(cluster.api, sync({ parent, children }).deployment as Manifest);
  if (applied.outcome === 'refused') {
    throw new Error(applied.message);
  }
  return applied.object;
}

it('the API server takes each change of how a Deployment replaces its pods', async () => {
  const types: unknown[] = [];
  let stored: Stored | undefined;
  for (const parent of [PLAIN, WITH_GPU, WITH_GPU, PLAIN, WITH_GPU]) {
    stored = await next(parent, stored);
    types.push((stored['spec'] as { strategy: object }).strategy);
  }
  const byDefault = { type: 'RollingUpdate', rollingUpdate: { maxSurge: '25%', maxUnavailable: '25%' } };
  const withoutSurge = { type: 'RollingUpdate', rollingUpdate: { maxSurge: 0, maxUnavailable: 1 } };
  expect(types).toEqual([byDefault, withoutSurge, withoutSurge, byDefault, withoutSurge]);
});

it('the API server takes each change of the affinity of a Service', async () => {
  const affinities: unknown[] = [];
  for (const KAOS_RUNTIME_MCP_SESSION_AFFINITY of ['None', 'ClientIP', 'None', 'ClientIP']) {
    const settings = { KAOS_RUNTIME_MCP_SESSION_AFFINITY };
    const parent = mcpServer({ runtime: 'custom', container: { image: 'x' } });
    const applied = await apply(cluster.api, sync({ parent, settings }).service as Manifest);
    affinities.push(applied.outcome === 'accepted' ? (applied.object['spec'] as Affinity).sessionAffinity : applied);
  }
  expect(affinities).toEqual(['None', 'ClientIP', 'None', 'ClientIP']);
});

interface Affinity {
  readonly sessionAffinity: string;
}

it('a new Deployment with a GPU is recreated, and stays so', async () => {
  await remove(cluster.api, sync({ parent: PLAIN }).deployment as Manifest);
  const first = await next(WITH_GPU, undefined);
  const second = await next(WITH_GPU, first);
  expect([first, second].map(({ spec }) => (spec as { strategy: object }).strategy)).toEqual([
    { type: 'Recreate' },
    { type: 'Recreate' },
  ]);
  expect(second.metadata.resourceVersion).toBe(first.metadata.resourceVersion);
  const third = await next(PLAIN, second);
  expect(third['spec']).toMatchObject({ strategy: { type: 'RollingUpdate' } });
});
